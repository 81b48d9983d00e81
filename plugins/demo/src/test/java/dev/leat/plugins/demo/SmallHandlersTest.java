package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.SettableClock;
import dev.leat.plugin.test.TestedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The plugin, and those of its handlers that do little. */
class SmallHandlersTest {

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("demo");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("countdown", "prime",
                    "fibonacci", "url-fetch", "echo", "sleep", "fail", "hang", "noop");
            assertThat(plugin.jobTypes()).extracting(JobType::description).doesNotContain("");
        });
    }

    /** A timeout that cuts off what the input may ask for would be a trap. */
    @Test
    void shouldHaveTimeForAllThatItsInputsAllow() {
        assertThat(new DemoPlugin().jobTypes()).allSatisfy(type -> assertThat(type.policy().timeout()).isGreaterThan(
                switch (type.name()) {
                    case "sleep", "hang" -> Duration.ofHours(1);
                    case "fibonacci" -> Duration.ofSeconds(1000);
                    case "prime" -> Duration.ofSeconds(100);
                    case "countdown" -> Duration.ofSeconds(60);
                    case "echo" -> Duration.ofSeconds(30);
                    default -> Duration.ofSeconds(10);
                }));
    }

    @Test
    void shouldEchoTheMessage() {
        TestedAttempt attempt = tester(EchoInput.class, EchoResult.class, new EchoHandler(Duration.ofMillis(1)))
                .run(new EchoInput("Grüße, 世界", 30));

        assertThat(attempt.outcome()).isEqualTo(JobOutcome.succeeded(new EchoResult("Grüße, 世界")));
        assertThat(attempt.progress()).containsExactly(new ProgressReport(0, "waiting for 30 s"));
    }

    @Test
    void shouldWaitForAllOfTheDelay() {
        long start = System.nanoTime();

        var _ = tester(EchoInput.class, EchoResult.class, new EchoHandler(Duration.ofMillis(50)))
                .run(new EchoInput("late", 2));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void shouldReportEachSecondOfACountdown() {
        TestedAttempt attempt = tester(CountdownInput.class, CountdownResult.class,
                new CountdownHandler(Duration.ofMillis(1))).run(new CountdownInput(4));

        assertThat(attempt.outcome()).isEqualTo(JobOutcome.succeeded(new CountdownResult(1000)));
        assertThat(attempt.progress()).containsExactly(new ProgressReport(25, "3 s to go"),
                new ProgressReport(50, "2 s to go"),
                new ProgressReport(75, "1 s to go"), new ProgressReport(100, "0 s to go"));
    }

    @Test
    void shouldReportEachStepOfSleep() {
        TestedAttempt attempt = tester(SleepInput.class, SleepResult.class, new SleepHandler())
                .run(new SleepInput(4, 4));

        assertThat(attempt.outcome()).isEqualTo(JobOutcome.succeeded(new SleepResult(1000)));
        assertThat(attempt.progress()).containsExactly(new ProgressReport(25, "slept 1 of 4 ms"),
                new ProgressReport(50, "slept 2 of 4 ms"), new ProgressReport(75, "slept 3 of 4 ms"),
                new ProgressReport(100, "slept 4 of 4 ms"));
    }

    @Test
    void shouldFailInTheWayThatIsAskedFor() {
        JobHandlerTester tester = tester(FailInput.class, NoResult.class, new FailHandler());

        assertThat(tester.run(fail(FailInput.Way.SAY, OptionalInt.empty())).outcome())
                .isEqualTo(JobOutcome.failed("no luck"));
        assertThat(tester.run(fail(FailInput.Way.FOR_GOOD, OptionalInt.empty())).outcome())
                .isEqualTo(JobOutcome.notRetryable("no luck"));
        assertThat(tester.run(fail(FailInput.Way.THROW, OptionalInt.empty())).thrown()).get()
                .asInstanceOf(THROWABLE).isInstanceOf(IllegalStateException.class).hasMessage("no luck");
    }

    @Test
    void shouldFailAsOftenAsIsAskedFor() {
        JobHandlerTester tester = tester(FailInput.class, NoResult.class, new FailHandler());
        FailInput twice = fail(FailInput.Way.SAY, OptionalInt.of(2));

        assertThat(tester.attempt(1).run(twice).outcome()).isEqualTo(JobOutcome.failed("no luck"));
        assertThat(tester.attempt(2).run(twice).outcome()).isEqualTo(JobOutcome.failed("no luck"));
        assertThat(tester.attempt(3).run(twice).outcome()).isEqualTo(JobOutcome.succeeded());
    }

    /** Its clock moves a second with each look at it. */
    private static <I extends Record, R> JobHandlerTester tester(Class<I> input, Class<R> result,
            JobHandler<I, R> handler) {
        return JobHandlerTester.of(JobType.named("small", input, result).handledBy(handler))
                .clock(SettableClock.ticking(Instant.EPOCH, Duration.ofSeconds(1)));
    }

    private static FailInput fail(FailInput.Way way, OptionalInt failures) {
        return new FailInput("no luck", way, failures);
    }

    @Test
    void shouldDoNothing() {
        TestedAttempt attempt = JobHandlerTester.of(new DemoPlugin()).type("noop").runJson("{}");

        assertThat(attempt.outcome()).isEqualTo(JobOutcome.succeeded());
        assertThat(attempt.progress()).isEmpty();
    }
}
