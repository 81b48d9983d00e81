package dev.leat.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LogHistogramTest {

    private final LogHistogram histogram = new LogHistogram();

    @Test
    void shouldKnowShortTimesToTheMillisecond() {
        for (int millis = 0; millis < 16; millis++) {
            LogHistogram one = new LogHistogram();
            one.add(Duration.ofMillis(millis), 1);
            assertThat(one.percentile(0.5)).contains(Duration.ofMillis(millis));
        }
    }

    @Test
    void shouldKnowEveryTimeWithinSevenPercent() {
        for (long millis = 16; millis < LogHistogram.LONGEST.toMillis(); millis += 1 + millis / 97) {
            LogHistogram one = new LogHistogram();
            one.add(Duration.ofMillis(millis), 1);
            assertThat((double) one.percentile(0.5).orElseThrow().toMillis()).as("%d ms", millis)
                    .isCloseTo((double) millis, Percentage.withPercentage(7));
        }
    }

    @Test
    void shouldTakeTimesOutOfRangeForTheNearestInIt() {
        histogram.add(Duration.ofDays(5_000), 1);
        histogram.add(Duration.ofSeconds(-5), 1);

        assertThat(histogram.percentile(0.5)).contains(Duration.ZERO);
        assertThat((double) histogram.percentile(1).orElseThrow().toMillis())
                .isCloseTo((double) LogHistogram.LONGEST.toMillis(), Percentage.withPercentage(7));
        assertThat(histogram.counts()).hasSizeLessThanOrEqualTo(240);
    }

    @Test
    void shouldTellMedianAndTail() {
        IntStream.range(0, 97).forEach(_ -> histogram.add(Duration.ofMillis(10), 1));
        histogram.add(Duration.ofSeconds(8), 3);

        assertThat(histogram.total()).isEqualTo(100);
        assertThat(histogram.percentile(0.5)).contains(Duration.ofMillis(10));
        assertThat(histogram.percentile(0.97)).contains(Duration.ofMillis(10));
        assertThat((double) histogram.percentile(0.99).orElseThrow().toMillis())
                .isCloseTo(8_000, Percentage.withPercentage(7));
    }

    @Test
    void shouldTakeBackWhatItHasCounted() {
        histogram.add(Duration.ofMillis(500), 2);
        histogram.add(Duration.ofMillis(3), 1);

        histogram.add(Duration.ofMillis(500), -2);

        assertThat(histogram.total()).isEqualTo(1);
        assertThat(histogram.percentile(1)).contains(Duration.ofMillis(3));
    }

    @Test
    void shouldAddAnother() {
        histogram.add(Duration.ofMillis(500), 2);
        LogHistogram other = new LogHistogram();
        other.add(Duration.ofMillis(3), 1);
        other.add(Duration.ofMinutes(3), 1);

        histogram.add(LogHistogram.of(other.first(), other.counts()));

        assertThat(histogram.total()).isEqualTo(4);
        assertThat(histogram.percentile(0.25)).contains(Duration.ofMillis(3));
        assertThat(other.total()).isEqualTo(2);
    }

    @Test
    void shouldKnowNothingWhereNothingCame() {
        assertThat(histogram.percentile(0.5)).isEmpty();
        assertThat(histogram.total()).isZero();
    }
}
