package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JobTypeTest {

    record Input(String name) {}

    private final JobHandler<Input, String> handler = (input, context) -> JobOutcome.succeeded(input.name());

    @Test
    void shouldCarryWhatTheChainSaid() {
        var type = JobType.named("greet", Input.class, String.class).describedAs("Greets.").inLane(DefaultLane.HIGH)
                .handledBy(handler);

        assertThat(type.name()).isEqualTo("greet");
        assertThat(type.description()).isEqualTo("Greets.");
        assertThat(type.lane()).isEqualTo(DefaultLane.HIGH);
        assertThat(type.input()).isEqualTo(Input.class);
        assertThat(type.result()).isEqualTo(String.class);
        assertThat(type.handler()).isSameAs(handler);
    }

    @Test
    void shouldGoIntoTheNormalLaneUnlessToldOtherwise() {
        var draft = JobType.named("greet", Input.class, String.class);

        var urgent = draft.inLane(DefaultLane.HIGH).handledBy(handler);

        assertThat(urgent.lane()).isEqualTo(DefaultLane.HIGH);
        assertThat(draft.handledBy(handler).lane()).as("a draft does not change").isEqualTo(DefaultLane.NORMAL);
    }

    @Test
    void shouldTryThreeTimesUnlessToldOtherwise() {
        var type = JobType.named("greet", Input.class, String.class).handledBy(handler);

        assertThat(type.policy()).isEqualTo(new JobPolicy(3,
                new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2), Duration.ofMinutes(30),
                Duration.ofDays(1)));
    }

    @Test
    void shouldCarryItsPolicyWhateverTheOrderOfTheChain() {
        var expected = new JobPolicy(7, Backoff.constant(Duration.ofSeconds(2)), Duration.ofHours(2), Duration.ZERO);

        assertThat(JobType.named("greet", Input.class, String.class).maxAttempts(7)
                .constantBackoff(Duration.ofSeconds(2)).timeout(Duration.ofHours(2)).retention(Duration.ZERO)
                .inLane(DefaultLane.LOW).describedAs("Greets.").handledBy(handler).policy()).isEqualTo(expected);
        assertThat(JobType.named("greet", Input.class, String.class).describedAs("Greets.").retention(Duration.ZERO)
                .timeout(Duration.ofHours(2)).backoff(Backoff.constant(Duration.ofSeconds(2))).maxAttempts(7)
                .handledBy(handler).policy()).isEqualTo(expected);
    }

    @Test
    void shouldRefusePolicyThatCannotWork() {
        var draft = JobType.named("greet", Input.class, String.class);

        refused(() -> draft.maxAttempts(0), "from 1 to 100 attempts, but got 0");
        refused(() -> draft.maxAttempts(101), "from 1 to 100 attempts, but got 101");
        refused(() -> draft.timeout(Duration.ZERO), "a timeout from PT0.001S to 30 days, but got PT0S");
        refused(() -> draft.timeout(Duration.ofDays(31)), "to 30 days");
        refused(() -> draft.retention(Duration.ofSeconds(-1)), "a retention from PT0S to 3650 days, but got PT-1S");
        refused(() -> draft.constantBackoff(Duration.ofMillis(-1)), "from 0 to 30 days, but got PT-0.001S");
        refused(() -> Backoff.exponential(Duration.ofDays(31), Duration.ZERO), "a first wait from 0 to 30 days");
        refused(() -> Backoff.exponential(Duration.ZERO, Duration.ofDays(31)), "a longest wait from 0 to 30 days");
        refused(() -> Backoff.DEFAULT.withFactor(0.5), "a factor from 1 to 100, but got 0.5");
        refused(() -> Backoff.DEFAULT.withFactor(Double.NaN), "a factor from 1 to 100, but got NaN");
        refused(() -> Backoff.DEFAULT.withJitter(1.1), "a jitter from 0 to 1, but got 1.1");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void shouldNeedNoResult() {
        var type = JobType.named("purge", NoInput.class).handledBy((input, context) -> JobOutcome.succeeded());

        assertThat(type.result()).isEqualTo(NoResult.class);
    }

    @Test
    void shouldRefuseNameWithThePluginInIt() {
        assertThatThrownBy(() -> JobType.named("demo:greet", Input.class, String.class))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("but got 'demo:greet'");
    }
}
