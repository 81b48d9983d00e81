package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobHandler;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every handler that takes its time, cancelled while it does. */
class CancellationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Each would go on for four seconds at least after its first report. */
    static Stream<Arguments> longJobs() {
        return Stream.of(
                arguments(named("countdown", new CountdownHandler(SECOND)), new CountdownInput(60)),
                arguments(named("prime", new PrimeHandler()), new PrimeInput(100_000, 500)),
                arguments(named("fibonacci", new FibonacciHandler()), new FibonacciInput(1000, 500)),
                arguments(named("echo", new EchoHandler(SECOND)), new EchoInput("never said", 30)),
                arguments(named("sleep", new SleepHandler()), new SleepInput(60_000, 1000)));
    }

    @ParameterizedTest
    @MethodSource("longJobs")
    <I extends Record> void shouldEndPromptlyWhenCancelledInMidRun(JobHandler<I, ?> handler, I input)
            throws InterruptedException {
        RunningJob job = RunningJob.inMidRun(handler, input);

        assertThat(job.cancel()).isInstanceOfAny(InterruptedException.class, JobCancelledException.class);
    }

    /** Each would report a second time. */
    static Stream<Arguments> jobsOfSteps() {
        return Stream.of(
                arguments(named("countdown", new CountdownHandler(Duration.ZERO)), new CountdownInput(60)),
                arguments(named("prime", new PrimeHandler()), new PrimeInput(100_000, 0)),
                arguments(named("fibonacci", new FibonacciHandler()), new FibonacciInput(1000, 0)),
                arguments(named("sleep", new SleepHandler()), new SleepInput(0, 1000)));
    }

    @ParameterizedTest
    @MethodSource("jobsOfSteps")
    <I extends Record> void shouldLookForCancellationInEachStep(JobHandler<I, ?> handler, I input) {
        RecordingContext context = new RecordingContext(RecordingContext::cancelQuietly);

        assertThatThrownBy(() -> handler.run(input, context)).isInstanceOf(JobCancelledException.class);
        assertThat(context.reports()).hasSize(1);
    }
}
