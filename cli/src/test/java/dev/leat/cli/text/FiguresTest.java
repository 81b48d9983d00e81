package dev.leat.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    private static final Instant NOW = Instant.parse("2026-11-27T18:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT0S, 0 ms", "PT0.999S, 999 ms", "PT1S, 1.0 s", "PT3.19S, 3.1 s", "PT59.9S, 59 s",
            "PT2M5S, 2 min 05 s",
            "PT1H3M59S, 1 h 03 min", "PT76H, 3 d 4 h", "PT-5S, 0 ms"})
    void shouldTellDurationsInTheTwoLargestUnits(Duration duration, String text) {
        assertThat(Figures.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, about 1 s", "PT-9S, about 1 s", "PT12.6S, about 13 s", "PT90S, about 1 min 30 s"})
    void shouldGuessNoFinerThanSeconds(Duration left, String text) {
        assertThat(Figures.estimate(left)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1240000, 1.2 MB"})
    void shouldTellSizes(long bytes, String text) {
        assertThat(Figures.size(bytes)).isEqualTo(text);
    }

    @Test
    void shouldGroupDigitsAndRoundPercentagesDown() {
        assertThat(Figures.count(9592)).isEqualTo("9,592");
        assertThat(Figures.percent(99.9)).isEqualTo("99%");
    }

    @Test
    void shouldTellPastAndFuture() {
        assertThat(Figures.ago(NOW.minusSeconds(192), NOW)).isEqualTo("3 min 12 s ago");
        assertThat(Figures.ago(NOW.plusSeconds(5), NOW)).isEqualTo("in 5.0 s");
        assertThat(Figures.ago(NOW, NOW)).isEqualTo("now");
        assertThat(Figures.time(NOW, ZoneId.of("Europe/Berlin"))).isEqualTo("2026-11-27 19:00:00");
    }
}
