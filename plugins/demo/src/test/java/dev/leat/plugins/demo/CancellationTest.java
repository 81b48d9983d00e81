package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.test.AttemptEnd;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.PluginTester;
import dev.leat.plugin.test.TestedAttempt;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cancels a handler apart from the interrupt, which is a matter of {@link DemoContractTest}. */
class CancellationTest {

    private final PluginTester demo = JobHandlerTester.of(new DemoPlugin());

    /** Each would report a second time. */
    static Stream<Arguments> jobsOfSteps() {
        return Stream.of(arguments("countdown", new CountdownInput(60)), arguments("prime", new PrimeInput(100_000, 0)),
                arguments("fibonacci", new FibonacciInput(1000, 0)), arguments("sleep", new SleepInput(0, 1000)));
    }

    @ParameterizedTest
    @MethodSource("jobsOfSteps")
    void shouldLookForCancellationInEachStep(String type, Record input) {
        TestedAttempt attempt = demo.type(type).cancelAfterProgress(1).withoutInterrupt().run(input);

        assertThat(attempt.end()).isEqualTo(AttemptEnd.CANCELLED);
        assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
        assertThat(attempt.progress()).hasSize(1);
    }

    @Test
    void shouldHangToTheEndWhateverItIsTold() {
        TestedAttempt attempt = demo.type("hang").cancelAfter(Duration.ofMillis(20)).run(new HangInput(200));

        assertThat(attempt.end()).as("it was told to stop, and did not").isEqualTo(AttemptEnd.SUCCEEDED);
    }
}
