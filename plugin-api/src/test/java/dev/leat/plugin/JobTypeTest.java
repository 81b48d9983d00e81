package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void shouldNeedNoResult() {
        var type = JobType.named("purge", NoInput.class).handledBy((input, context) -> JobOutcome.succeeded());

        assertThat(type.result()).isEqualTo(NoResult.class);
    }

    @Test
    void shouldRefuseNameWithThePluginInIt() {
        assertThatThrownBy(() -> JobType.named("demo:greet", Input.class, String.class))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("but got 'demo:greet'");
    }

    @Test
    void shouldRefuseFailureWithoutReason() {
        assertThatThrownBy(() -> JobOutcome.failed(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
