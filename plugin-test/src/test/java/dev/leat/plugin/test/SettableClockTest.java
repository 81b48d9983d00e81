package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void shouldStandStillUntilItIsMoved() {
        SettableClock clock = SettableClock.at(NOON);

        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.instant()).isEqualTo(NOON);

        clock.advance(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(300));

        clock.set(NOON.minusSeconds(1));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void shouldMoveAStepWithEachLook() {
        SettableClock clock = SettableClock.ticking(NOON, Duration.ofSeconds(2));

        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void shouldRefuseToRunBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> SettableClock.at(NOON).advance(Duration.ofSeconds(-1)))
                .withMessage("Expected time to go forward, but the step is PT-1S");
    }
}
