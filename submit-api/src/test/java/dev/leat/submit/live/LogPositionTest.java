package dev.leat.submit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {

    private static final LogPosition PLACE = new LogPosition(Map.of("events", Map.of(0, 127L, 3, Long.MAX_VALUE),
            "jobs.demo.high", Map.of(3, 128L), "control", Map.of(3, 1L)));

    @Test
    void shouldReadWhatItHasWritten() {
        assertThat(LogPosition.parse(PLACE.toString())).isEqualTo(PLACE);
        assertThat(PLACE.toString()).matches("[A-Za-z0-9_-]+");
        assertThat(LogPosition.parse(LogPosition.BEGINNING.toString())).isEqualTo(LogPosition.BEGINNING);
    }

    @Test
    void shouldTakeAFewDozenCharactersForOneJob() {
        LogPosition job = new LogPosition(Map.of("events", Map.of(11, 9_000_000L), "control", Map.of(11, 12_000L),
                "pending", Map.of(11, 300_000L), "jobs.demo.high", Map.of(11, 1_000_000L), "jobs.demo.normal",
                Map.of(11, 1_000_000L), "jobs.demo.low", Map.of(11, 1_000_000L)));

        assertThat(job.toString()).hasSizeLessThan(130);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "AA", "AQ=", "AgAA", "AQAB", "AQABA_________________8B", "Ã¤", "AQ  "})
    void shouldRefuseWhatItHasNotWritten(String text) {
        assertThatThrownBy(() -> LogPosition.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected the id of an event of a stream, but got");
    }

    @Test
    void shouldMoveOnRecordByRecord() {
        LogPosition next = PLACE.after("events", 0, 127).after("pending", 1, 4);

        assertThat(next.next("events", 0)).isEqualTo(128);
        assertThat(next.next("pending", 1)).isEqualTo(5);
        assertThat(next.hasReached(PLACE)).isTrue();
        assertThat(PLACE.hasReached(next)).isFalse();
        assertThat(PLACE.earlier(next)).isEqualTo(PLACE.earlier(PLACE.later(next)));
        assertThat(PLACE.only(3, List.of("control", "pending")).next()).isEqualTo(Map.of("control", Map.of(3, 1L)));
    }
}
