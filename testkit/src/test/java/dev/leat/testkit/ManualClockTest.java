package dev.leat.testkit;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ManualClockTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void shouldStandStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);

        clock.advance(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(90));
    }

    @Test
    void shouldNotGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
    }
}
