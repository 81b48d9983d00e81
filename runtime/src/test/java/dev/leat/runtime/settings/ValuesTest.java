package dev.leat.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S,500ms", "10s,PT10S,10s", "5m,PT5M,5m", "90s,PT90S,90s", "60s,PT1M,1m", "2h,PT2H,2h",
            "7d,PT168H,7d", "PT10S,PT10S,10s", "0s,PT0S,0s", "0ms,PT0S,0s", "1 s,PT1S,1s",
            "PT0.0000001S,PT0.0000001S,PT0.0000001S"})
    void shouldReadAndWriteDurations(String text, Duration duration, String written) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(written);
        assertThat(DurationText.parse(written)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "-1s", "PT-1S", "s", "1.5s", "10 weeks", "999999999999999d"})
    void shouldRefuseOtherDurations(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("a duration such as");
    }

    @ParameterizedTest
    @CsvSource({"0B,0,0B", "512B,512,512B", "64kB,65536,64kB", "64KB,65536,64kB", "1024B,1024,1kB",
            "1MiB,1048576,1MB", "1536kB,1572864,1536kB", "2GB,2147483648,2GB"})
    void shouldReadAndWriteSizes(String text, long bytes, String written) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(written);
        assertThat(DataSize.parse(written)).isEqualTo(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "-1B", "1.5MB", "1 mb", "999999999999999999GB"})
    void shouldRefuseOtherSizes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse(text)).withMessageStartingWith("a size");
    }

    @Test
    void shouldOrderSizes() {
        assertThat(DataSize.ofKilobytes(1025)).isGreaterThan(DataSize.ofMegabytes(1));
    }
}
