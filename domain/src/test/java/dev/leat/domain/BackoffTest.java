package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BackoffTest {

    private static Backoff exact(double factor, Duration cap) {
        return new Backoff(Duration.ofSeconds(1), factor, cap, 0);
    }

    @Test
    void shouldWaitLongerAfterEachTryUpToTheCap() {
        Backoff backoff = exact(2, Duration.ofSeconds(10));

        assertThat(IntStream.rangeClosed(1, 6)
                .mapToObj(tries -> backoff.after(Facts.JOB, tries).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void shouldWaitTheSameEachTimeWhenConstant() {
        Backoff backoff = Backoff.constant(Duration.ofMillis(2_345));

        assertThat(backoff.after(Facts.JOB, 1)).isEqualTo(Duration.ofMillis(2_345));
        assertThat(backoff.after(Facts.JOB, 99)).isEqualTo(Duration.ofMillis(2_345));
    }

    @Test
    void shouldBearAsManyTriesAsThereCanBe() {
        assertThat(exact(100, Backoff.MAX).after(Facts.JOB, Integer.MAX_VALUE)).isEqualTo(Backoff.MAX);
        assertThat(new Backoff(Duration.ZERO, 100, Backoff.MAX, 1).after(Facts.JOB, Integer.MAX_VALUE))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldRefuseWaitsThatMeanNothing() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Backoff(second.negated(), 2, second, 0)).hasMessageStartingWith("Expected waits");
        assertThatThrownBy(() -> new Backoff(second, 2, Backoff.MAX.plusMillis(1), 0))
                .hasMessageStartingWith("Expected waits");
        assertThatThrownBy(() -> new Backoff(second, 0.5, second, 0)).hasMessageStartingWith("Expected a factor");
        assertThatThrownBy(() -> new Backoff(second, Double.NaN, second, 0))
                .hasMessageStartingWith("Expected a factor");
        assertThatThrownBy(() -> new Backoff(second, 2, second, 1.1)).hasMessageStartingWith("Expected a jitter");
        assertThatThrownBy(() -> new Backoff(second, 2, second, Double.NaN))
                .hasMessageStartingWith("Expected a jitter");
    }
}
