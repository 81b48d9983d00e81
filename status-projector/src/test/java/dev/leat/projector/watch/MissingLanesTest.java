package dev.leat.projector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class MissingLanesTest {

    private static final String LANE = "leat.jobs.ghost.low";

    private final MissingLanes missing = new MissingLanes(Duration.ofMinutes(1));

    private boolean isOverdueAt(int seconds) {
        return missing.isOverdue(LANE, Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void shouldBeOverdueWhenNeededForAsLongAsAnybodyWaits() {
        for (int second = 0; second < 60; second++) {
            assertThat(isOverdueAt(second)).as("second %d", second).isFalse();
        }
        assertThat(isOverdueAt(60)).isTrue();
        assertThat(isOverdueAt(65)).isTrue();
    }

    @Test
    void shouldBeginAnewWhenNotNeededForLong() {
        assertThat(isOverdueAt(0)).isFalse();

        assertThat(isOverdueAt(100)).isFalse();
        assertThat(isOverdueAt(109)).isFalse();
    }

    @Test
    void shouldForgetWhatIsNotNeededOnly() {
        for (int second = 0; second <= 55; second += 5) {
            assertThat(isOverdueAt(second)).isFalse();
            missing.tidy(Duration.ofSeconds(second).toNanos());
        }
        assertThat(isOverdueAt(60)).isTrue();

        missing.tidy(Duration.ofSeconds(80).toNanos());

        assertThat(isOverdueAt(81)).isFalse();
    }

    @Test
    void shouldWaitForNobodyWithoutPatience() {
        assertThat(new MissingLanes(Duration.ZERO).isOverdue(LANE, 5)).isTrue();
    }
}
