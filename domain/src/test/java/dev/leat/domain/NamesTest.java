package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldDrawVersion7IdsThatSortByTime() {
        Random random = new Random(7);
        JobId first = JobId.draw(NOW, random);
        JobId later = JobId.draw(NOW.plusMillis(1), random);

        assertThat(first.value().version()).isEqualTo(7);
        assertThat(first.value().variant()).isEqualTo(2);
        assertThat(first).isLessThan(later);
        assertThat(JobId.parse(first.toString())).isEqualTo(first);
    }

    @Test
    void shouldTellTheAgeOfAnIdByItsOwnTime() {
        JobId drawn = JobId.draw(NOW, new Random(7));

        assertThat(drawn.isYoungerThan(Duration.ofSeconds(5), NOW.plusSeconds(4))).isTrue();
        assertThat(drawn.isYoungerThan(Duration.ofSeconds(5), NOW.plusSeconds(5))).isFalse();
        assertThat(JobId.parse("f81d4fae-7dec-41d0-a765-00a0c91e6bf6").isYoungerThan(Duration.ofDays(9999), NOW))
                .as("version 4 has no time")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-1-1-1-1", "F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6"})
    void shouldRefuseOtherFormsOfIds(String text) {
        assertThatThrownBy(() -> JobId.parse(text)).hasMessageContaining("Expected a job id")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prime", "Demo:prime", "demo:", ":prime", "demo:a:b", "demo:a b", "-demo:a", "demo:ä"})
    void shouldRefuseOtherFormsOfJobTypes(String text) {
        assertThatThrownBy(() -> JobTypeName.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected");
    }

    @Test
    void shouldReadPositionsThatItWrote() {
        CommandPosition position = new CommandPosition("leat.jobs.my-plugin.high", 3, 1234567890123L);

        assertThat(CommandPosition.parse(position.toString())).isEqualTo(position);
        assertThatThrownBy(() -> CommandPosition.parse("topic@x")).hasMessageContaining("topic-partition@offset");
    }
}
