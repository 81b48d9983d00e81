package dev.leat.plugins.demo;

import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.test.JobHandlerContract;
import dev.leat.plugin.test.JobHandlerTester;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;

/** Each handler keeps the contract of handlers; url-fetch has a test of its own, with servers. */
class DemoContractTest {

    private static final Duration SECOND = Duration.ofMillis(50);

    private static JobHandlerTester demo(String type) {
        return JobHandlerTester.of(new DemoPlugin()).type(type);
    }

    @Nested
    class Countdown extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return JobHandlerTester.of(JobType.named("countdown", CountdownInput.class, CountdownResult.class)
                    .describedAs("Counts short seconds down.").handledBy(new CountdownHandler(SECOND)));
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new CountdownInput(1), new CountdownInput(2));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"seconds\": 0}", "{\"seconds\": 61}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new CountdownInput(60));
        }
    }

    @Nested
    class Prime extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return demo("prime");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new PrimeInput(100, 0), new PrimeInput(100_000, 0));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"limit\": 99}", "{\"limit\": 100001}", "{\"pauseMillis\": -1}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new PrimeInput(1000, 10_000));
        }
    }

    @Nested
    class Fibonacci extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return demo("fibonacci");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new FibonacciInput(1, 0), new FibonacciInput(1000, 0));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"count\": 0}", "{\"count\": 1001}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new FibonacciInput(1000, 10_000));
        }
    }

    @Nested
    class Echo extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return JobHandlerTester.of(JobType.named("echo", EchoInput.class, EchoResult.class)
                    .describedAs("Gives back the message after short seconds.").handledBy(new EchoHandler(SECOND)));
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new EchoInput("Grüße, 世界", 1), new EchoInput("", 2));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{}", "{\"message\": \"late\", \"delay\": 31}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new EchoInput("never said", 30));
        }
    }

    @Nested
    class Sleep extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return demo("sleep");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new SleepInput(1, 1), new SleepInput(0, 1000));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"millis\": 3600001}", "{\"steps\": 0}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new SleepInput(3_600_000, 2));
        }
    }

    /** It never fails by an exception here: THROW stands for the unexpected, which no handler may promise. */
    @Nested
    class Fail extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return demo("fail");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new FailInput("no luck", FailInput.Way.SAY, OptionalInt.empty()),
                    new FailInput("no luck", FailInput.Way.FOR_GOOD, OptionalInt.of(1)),
                    new FailInput("no luck", FailInput.Way.THROW, OptionalInt.of(0)));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"message\": \" \"}", "{\"way\": \"SILENTLY\"}", "{\"failures\": -1}");
        }
    }

    /** It keeps the contract for as long as it has nothing to do: not to stop is what it is for. */
    @Nested
    class Hang extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return demo("hang");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new HangInput(0), new HangInput(20));
        }
    }

    @Nested
    class Noop extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return demo("noop");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new NoInput());
        }
    }
}
