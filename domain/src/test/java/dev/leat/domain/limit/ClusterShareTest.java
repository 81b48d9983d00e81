package dev.leat.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.WorkerId;

class ClusterShareTest {

    private static final WorkerId A = new WorkerId("a");
    private static final WorkerId B = new WorkerId("b");
    private static final WorkerId C = new WorkerId("c");

    private static PluginUse has(int permits) {
        return new PluginUse("p", 0, Optional.of(permits));
    }

    @Test
    void shouldGiveAllToTheOnlyWorker() {
        assertThat(ClusterShare.of(A, 0, Map.of(), 5)).isEqualTo(new ClusterShare(true, 5, 1));
    }

    @Test
    void shouldDivideUnevenLimitsInTheOrderOfIds() {
        assertThat(ClusterShare.of(A, 0, Map.of(B, has(2)), 5).permits()).isEqualTo(3);
        assertThat(ClusterShare.of(B, 0, Map.of(A, has(3)), 5).permits()).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWorkersForWhomNothingIsLeft() {
        assertThat(ClusterShare.of(C, 2, Map.of(A, has(1), B, has(1)), 2)).isEqualTo(new ClusterShare(false, 0, 2));
    }

    @Test
    void shouldWaitUntilTheOthersHaveGivenBack() {
        assertThat(ClusterShare.of(B, 0, Map.of(A, has(4)), 4).permits()).as("all of it is taken").isZero();
        assertThat(ClusterShare.of(A, 4, Map.of(B, has(0)), 4).permits()).as("less is taken at once").isEqualTo(2);
        assertThat(ClusterShare.of(B, 0, Map.of(A, new PluginUse("p", 4, Optional.of(2))), 4).permits())
                .as("what still runs counts")
                .isZero();
        assertThat(ClusterShare.of(B, 0, Map.of(A, new PluginUse("p", 3, Optional.of(2))), 4).permits()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatRunsWhereAWorkerDoesNotKnowOfTheLimitYet() {
        assertThat(ClusterShare.of(B, 0, Map.of(A, new PluginUse("p", 3, Optional.empty())), 4).permits())
                .isEqualTo(1);
    }
}
