package dev.leat.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

    private static List<String> matches(String expression, String from, int count) {
        List<String> found = new ArrayList<>();
        Optional<LocalDateTime> next = Cron.parse(expression).from(LocalDateTime.parse(from));
        while (next.isPresent() && found.size() < count) {
            found.add(next.get().toString());
            next = Cron.parse(expression).from(next.get().plusNanos(1));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 * * *        | 2026-02-27T12:00    | 2026-02-28T00:00 2026-03-01T00:00
            30 2 29 2 *      | 2026-01-01T00:00    | 2028-02-29T02:30 2032-02-29T02:30
            0 12 29 2 *      | 2096-03-01T00:00    | 2104-02-29T12:00 2108-02-29T12:00
            */20 8-9 * * *   | 2026-06-01T08:30    | 2026-06-01T08:40 2026-06-01T09:00
            15/20 8 * * *    | 2026-06-01T08:00    | 2026-06-01T08:15 2026-06-01T08:35
            0-30/15 8 * * *  | 2026-06-01T08:01    | 2026-06-01T08:15 2026-06-01T08:30
            */10 0 8 * * *   | 2026-06-01T08:00:41 | 2026-06-01T08:00:50 2026-06-02T08:00
            5,3 1,0 * * *    | 2026-06-01T00:04    | 2026-06-01T00:05 2026-06-01T01:03
            0 9 * * MON-FRI  | 2026-06-05T09:01    | 2026-06-08T09:00 2026-06-09T09:00
            0 9 * * sat-sun  | 2026-06-05T09:01    | 2026-06-06T09:00 2026-06-07T09:00
            0 9 * * 7        | 2026-06-05T09:01    | 2026-06-07T09:00 2026-06-14T09:00
            0 9 * * 0        | 2026-06-05T09:01    | 2026-06-07T09:00 2026-06-14T09:00
            0 9 1 Jan,jul ?  | 2026-02-01T00:00    | 2026-07-01T09:00 2027-01-01T09:00
            0 9 L * *        | 2028-02-01T00:00    | 2028-02-29T09:00 2028-03-31T09:00
            0 9 L-2 * *      | 2026-02-01T00:00    | 2026-02-26T09:00 2026-03-29T09:00
            0 9 LW * *       | 2026-01-01T00:00    | 2026-01-30T09:00 2026-02-27T09:00
            0 9 15W * *      | 2026-02-01T00:00    | 2026-02-16T09:00 2026-03-16T09:00
            0 9 1W * *       | 2026-08-01T00:00    | 2026-08-03T09:00 2026-09-01T09:00
            0 9 31W 5 *      | 2026-05-01T00:00    | 2026-05-29T09:00 2027-05-31T09:00
            0 9 * * FRIL     | 2026-01-01T00:00    | 2026-01-30T09:00 2026-02-27T09:00
            0 9 * * 5l       | 2026-01-01T00:00    | 2026-01-30T09:00 2026-02-27T09:00
            0 9 * * MON#2    | 2026-01-01T00:00    | 2026-01-12T09:00 2026-02-09T09:00
            0 9 * * 1#5      | 2026-01-01T00:00    | 2026-03-30T09:00 2026-06-29T09:00
            0 9 13 * FRI     | 2026-02-07T00:00    | 2026-02-13T09:00 2026-02-20T09:00
            0 9 13 * FRI     | 2026-04-11T00:00    | 2026-04-13T09:00 2026-04-17T09:00
            @daily           | 2026-02-27T12:00    | 2026-02-28T00:00 2026-03-01T00:00
            @hourly          | 2026-02-27T12:01    | 2026-02-27T13:00 2026-02-27T14:00
            @weekly          | 2026-02-27T12:01    | 2026-03-01T00:00 2026-03-08T00:00
            @monthly         | 2026-02-27T12:01    | 2026-03-01T00:00 2026-04-01T00:00
            @yearly          | 2026-02-27T12:01    | 2027-01-01T00:00 2028-01-01T00:00
            """)
    void shouldFindTheNextTimes(String expression, String from, String expected) {
        assertThat(matches(expression, from, 2)).containsExactly(expected.split(" "));
    }

    @Test
    void shouldFindTheTimeItself() {
        assertThat(matches("30 8 * * *", "2026-06-01T08:30", 1)).containsExactly("2026-06-01T08:30");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * *              | Expected a cron expression of 5 fields, or of 6 with seconds first, or one of @yearly, @monthly, @weekly, @daily and @hourly, but got '* * * *'
            0 0 0 1 1 ? 2026     | Expected a cron expression of 5 fields, or of 6 with seconds first, or one of @yearly, @monthly, @weekly, @daily and @hourly, but got '0 0 0 1 1 ? 2026'
            60 * * * *           | Expected in the field for the minute 0 to 59, but got '60'
            x * * * * *          | Expected in the field for the second 0 to 59, but got 'x'
            * 24 * * *           | Expected in the field for the hour 0 to 23, but got '24'
            * * 0 * *            | Expected in the field for the day of the month 1 to 31, but got '0'
            * * 32W * *          | Expected in the field for the day of the month 1 to 31, but got '32'
            * * L-31 * *         | Expected in the field for the day of the month L- with 1 to 30 days before the last one, but got '31'
            * * * JANUARY *      | Expected in the field for the month 1 to 12 or JAN to DEC, but got 'JANUARY'
            * * * * 8            | Expected in the field for the day of the week 0 to 7 or SUN to SAT, but got '8'
            * * * * L            | Expected in the field for the day of the week 0 to 7 or SUN to SAT, but got 'L'
            * * * * MON#6        | Expected in the field for the day of the week after # which one of the month, 1 to 5, but got '6'
            */0 * * * *          | Expected in the field for the minute a step from 1 to 59, but got '0'
            */-1 * * * *         | Expected in the field for the minute a step from 1 to 59, but got '-1'
            */5/5 * * * *        | Expected in the field for the minute a step from 1 to 59, but got '5/5'
            30-10 * * * *        | Expected in the field for the minute a range from the lower value to the higher one, but got '30-10'
            5, * * * *           | Expected in the field for the minute 0 to 59, but got ''
            ? * * * *            | Expected in the field for the minute 0 to 59, but got '?'
            0 0 30 2 *           | Expected a day that exists, but got '30' as the day of the month and '2' as the month
            0 0 31 4,6 *         | Expected a day that exists, but got '31' as the day of the month and '4,6' as the month
            """)
    void shouldSayWhichFieldIsWrongAndWhatWasExpected(String expression, String message) {
        assertThatThrownBy(() -> Cron.parse(expression)).isInstanceOf(CronSyntaxException.class).hasMessage(message);
    }

    @Test
    void shouldRefuseWhatIsTooLongWithoutRepeatingIt() {
        assertThatThrownBy(() -> Cron.parse("1,".repeat(1_000) + "1 * * * *")).isInstanceOf(CronSyntaxException.class)
                .hasMessage("Expected a cron expression of at most 200 characters, but got 2009");
    }

    @Test
    void shouldKeepItsText() {
        assertThat(Cron.parse(" @Daily ")).hasToString("@Daily").isEqualTo(Cron.parse("@Daily"));
        assertThat(Cron.parse("0 9 * * MON").toString()).isEqualTo("0 9 * * MON");
    }
}
