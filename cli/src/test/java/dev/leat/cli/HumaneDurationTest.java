package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HumaneDurationTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "1h30m, PT1H30M", "2d, PT48H", "PT1M, PT1M"})
    void shouldReadWhatPeopleWrite(String text, Duration duration) {
        assertThat(new HumaneDuration().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1x", "-1s", "m5"})
    void shouldRefuseAllElseWithExamples(String text) {
        assertThatThrownBy(() -> new HumaneDuration().convert(text)).isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("30s").hasMessageContaining("'" + text + "'");
    }
}
