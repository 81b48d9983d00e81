package dev.leat.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTest {

    private static List<String> due(Cadence cadence, String from, int count, ZoneId zone) {
        List<String> times = new ArrayList<>();
        Optional<Instant> next = cadence.after(OffsetDateTime.parse(from).toInstant());
        while (next.isPresent() && times.size() < count) {
            times.add(next.get().atZone(zone).toOffsetDateTime().toString());
            next = cadence.after(next.get());
        }
        return times;
    }

    private static List<String> due(String cron, String zone, String from, int count) {
        return due(new Cadence.OfCron(Cron.parse(cron), ZoneId.of(zone)), from, count, ZoneId.of(zone));
    }

    /** Where clocks are put forward: a missing time comes at the end of the gap, a missing part of a rhythm not at all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *    | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00
            0 2,3 * * *   | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00
            0,30 2 * * *  | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00
            30 * * * *    | Europe/Berlin       | 2026-03-29T00:45+01:00 | 2026-03-29T01:30+01:00 2026-03-29T03:30+02:00
            */30 * * * *  | Europe/Berlin       | 2026-03-29T01:00+01:00 | 2026-03-29T01:30+01:00 2026-03-29T03:00+02:00
            */10 2 * * *  | Europe/Berlin       | 2026-03-28T12:00+01:00 | 2026-03-30T02:00+02:00 2026-03-30T02:10+02:00
            30 2 * * *    | America/New_York    | 2026-03-07T12:00-05:00 | 2026-03-08T03:00-04:00 2026-03-09T02:30-04:00
            30 2 * * SUN  | America/New_York    | 2026-03-07T12:00-05:00 | 2026-03-08T03:00-04:00 2026-03-15T02:30-04:00
            15 2 * * *    | Australia/Lord_Howe | 2026-10-03T12:00+10:30 | 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00
            45 2 * * *    | Australia/Lord_Howe | 2026-10-03T12:00+10:30 | 2026-10-04T02:45+11:00 2026-10-05T02:45+11:00
            */15 * * * *  | Australia/Lord_Howe | 2026-10-04T01:40+10:30 | 2026-10-04T01:45+10:30 2026-10-04T02:30+11:00
            0 0 * * *     | Africa/Cairo        | 2026-04-23T12:00+02:00 | 2026-04-24T01:00+03:00 2026-04-25T00:00+03:00
            0 12 * * *    | Pacific/Apia        | 2011-12-29T13:00-10:00 | 2011-12-31T00:00+14:00 2011-12-31T12:00+14:00
            """)
    void shouldKeepItsWordWhenClocksArePutForward(String cron, String zone, String from, String expected) {
        assertThat(due(cron, zone, from, 2)).containsExactly(expected.split(" "));
    }

    /** Where clocks are put back: a time that comes twice is due the first time, a rhythm goes on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *    | Europe/Berlin       | 2026-10-24T12:00+02:00 | 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            30 2 * * *    | Europe/Berlin       | 2026-10-25T02:15+01:00 | 2026-10-26T02:30+01:00 2026-10-27T02:30+01:00
            0 3 * * *     | Europe/Berlin       | 2026-10-25T02:15+02:00 | 2026-10-25T03:00+01:00 2026-10-26T03:00+01:00
            30 * * * *    | Europe/Berlin       | 2026-10-25T02:00+02:00 | 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00
            */30 * * * *  | Europe/Berlin       | 2026-10-25T02:45+02:00 | 2026-10-25T02:00+01:00 2026-10-25T02:30+01:00
            30 1 * * *    | America/New_York    | 2026-10-31T12:00-04:00 | 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00
            0 * * * *     | America/New_York    | 2026-11-01T00:30-04:00 | 2026-11-01T01:00-04:00 2026-11-01T01:00-05:00
            45 1 * * *    | Australia/Lord_Howe | 2026-04-04T12:00+11:00 | 2026-04-05T01:45+11:00 2026-04-06T01:45+10:30
            */15 * * * *  | Australia/Lord_Howe | 2026-04-05T01:50+11:00 | 2026-04-05T01:30+10:30 2026-04-05T01:45+10:30
            """)
    void shouldKeepItsWordWhenClocksArePutBack(String cron, String zone, String from, String expected) {
        assertThat(due(cron, zone, from, 2)).containsExactly(expected.split(" "));
    }

    @Test
    void shouldFireADailyTimeOnceOnEachDayOfYearsWhateverTheClocksDo() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")) {
            for (String time : List.of("0 0", "30 1", "15 2", "30 2", "0 3")) {
                List<String> days = due(time + " * * *", zone, "2026-01-01T12:00Z", 1_000).stream()
                        .map(due -> due.substring(0, 10))
                        .toList();

                assertThat(days).as("%s in %s", time, zone).doesNotHaveDuplicates();
                assertThat(OffsetDateTime.parse(days.getLast() + "T00:00Z").toLocalDate())
                        .isEqualTo(OffsetDateTime.parse(days.getFirst() + "T00:00Z").toLocalDate().plusDays(999));
            }
        }
    }

    @Test
    void shouldGoOnInEvenStepsWithARhythmThatDividesTheHour() {
        Cadence cadence = new Cadence.OfCron(Cron.parse("*/15 * * * *"), ZoneId.of("America/New_York"));
        Instant time = Instant.parse("2026-10-31T12:00:00Z");

        for (int i = 0; i < 10_000; i++) {
            Instant next = cadence.after(time).orElseThrow();
            assertThat(next).isEqualTo(time.plus(Duration.ofMinutes(15)));
            time = next;
        }
    }

    @Test
    void shouldCountIntervalsFrom1970() {
        Cadence cadence = new Cadence.Interval(Duration.ofMinutes(90), Duration.ofMinutes(5));

        assertThat(due(cadence, "2026-06-01T00:00Z", 3, ZoneId.of("UTC"))).containsExactly("2026-06-01T00:05Z",
                "2026-06-01T01:35Z", "2026-06-01T03:05Z");
    }

    @Test
    void shouldRefuseIntervalsThatAreTooShortTooLongOrOffsetBeyondThemselves() {
        assertThatThrownBy(() -> new Cadence.Interval(Duration.ofMillis(999), Duration.ZERO))
                .hasMessage("Expected an interval from PT1S to PT8784H, but got PT0.999S");
        assertThatThrownBy(() -> new Cadence.Interval(Duration.ofDays(367), Duration.ZERO))
                .hasMessage("Expected an interval from PT1S to PT8784H, but got PT8808H");
        assertThatThrownBy(() -> new Cadence.Interval(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .hasMessage("Expected an offset from zero to less than the interval of PT10S, but got PT10S");
    }
}
