package dev.leat.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Compares what the expressions find with a walk through all minutes, one by one. */
class CronProperties {

    private static final List<ZoneId> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
            "Africa/Cairo", "Pacific/Apia").stream().map(ZoneId::of).toList();

    /** A field as it is written, and the values that it means. */
    record Written(String text, BitSet values) {}

    /** An expression whose meaning is known without reading it. */
    record Expression(Written minute, Written hour, Written dayOfMonth, Written month, Written dayOfWeek) {

        @Override
        public String toString() {
            return String.join(" ", minute.text(), hour.text(), dayOfMonth.text(), month.text(), dayOfWeek.text());
        }

        boolean isFixed() {
            return !minute.text().contains("*") && !minute.text().contains("/") && !hour.text().contains("*")
                    && !hour.text().contains("/");
        }

        boolean matches(LocalDateTime time) {
            return minute.values().get(time.getMinute()) && hour.values().get(time.getHour())
                    && matches(time.toLocalDate());
        }

        boolean matches(LocalDate date) {
            boolean byMonthDay = dayOfMonth.values().get(date.getDayOfMonth());
            boolean byWeekDay = dayOfWeek.values().get(date.getDayOfWeek().getValue() % 7);
            boolean any = dayOfMonth.text().equals("*")
                    ? byWeekDay
                    : dayOfWeek.text().equals("*") ? byMonthDay : byMonthDay || byWeekDay;
            return month.values().get(date.getMonthValue()) && any;
        }
    }

    /** @param last the highest value that there is, which a step may reach */
    private static Arbitrary<Written> field(int least, int most, int last) {
        Arbitrary<Written> all = Arbitraries.just(new Written("*", range(least, last, 1)));
        Arbitrary<Written> steps = Arbitraries.integers()
                .between(1, Math.max(1, most / 2))
                .map(step -> new Written("*/" + step, range(least, last, step)));
        Arbitrary<Written> lists = Arbitraries.integers()
                .between(least, most)
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(values -> new Written(values.stream().map(String::valueOf).collect(Collectors.joining(",")),
                        bits(values.stream().mapToInt(Integer::intValue))));
        Arbitrary<Written> ranges = Combinators
                .combine(Arbitraries.integers().between(least, most), Arbitraries.integers().between(least, most),
                        Arbitraries.integers().between(1, 7))
                .as((one, other, step) -> new Written(
                        Math.min(one, other) + "-" + Math.max(one, other) + (step == 1 ? "" : "/" + step),
                        range(Math.min(one, other), Math.max(one, other), step)));
        return Arbitraries.oneOf(all, steps, lists, ranges);
    }

    private static BitSet range(int from, int to, int step) {
        return bits(IntStream.rangeClosed(from, to).filter(i -> (i - from) % step == 0));
    }

    private static BitSet bits(IntStream values) {
        BitSet bits = new BitSet();
        values.forEach(bits::set);
        return bits;
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return Combinators
                .combine(field(0, 59, 59), field(0, 23, 23), field(1, 28, 31), field(1, 12, 12), field(0, 6, 6))
                .as(Expression::new);
    }

    @Property(tries = 25)
    void noMatchingMinuteOfYearsIsLeftOutAndNoOtherOneFound(@ForAll("expressions") Expression expression,
            @ForAll @IntRange(min = 1995, max = 2095) int year) {
        Cron cron = Cron.parse(expression.toString());
        LocalDateTime start = LocalDateTime.of(year, 1, 1, 0, 0);
        LocalDateTime end = start.plusYears(2);

        List<LocalDateTime> expected = new ArrayList<>();
        for (LocalDateTime day = start; day.isBefore(end); day = day.plusDays(1)) {
            int minutes = expression.matches(day.toLocalDate()) ? 1_440 : 0;
            for (int minute = 0; minute < minutes; minute++) {
                LocalDateTime time = day.plusMinutes(minute);
                if (expression.matches(time)) {
                    expected.add(time);
                }
            }
        }

        List<LocalDateTime> found = new ArrayList<>();
        Optional<LocalDateTime> next = cron.from(start);
        while (next.filter(time -> time.isBefore(end)).isPresent()) {
            found.add(next.get());
            next = cron.from(next.get().plusNanos(1));
        }
        assertThat(found).isEqualTo(expected);
    }

    /** All moments around the changes of the clocks in a year, by what the time zone's clock shows at each. */
    @Property(tries = 25)
    void dueTimesAreThoseThatTheClockShows(@ForAll("expressions") Expression expression,
            @ForAll @IntRange(min = 1995, max = 2095) int year, @ForAll @IntRange(min = 0, max = 5) int zoneIndex) {
        ZoneId zone = ZONES.get(zoneIndex);
        Instant start = Instant.parse(year + "-01-01T00:00:00Z");
        Instant end = start.plus(366, ChronoUnit.DAYS);
        Cadence cadence = new Cadence.OfCron(Cron.parse(expression.toString()), zone);

        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = cadence.after(start.minusNanos(1));
        while (next.filter(time -> time.isBefore(end)).isPresent()) {
            found.add(next.get());
            next = cadence.after(next.get());
        }

        assertThat(found).isEqualTo(shownByTheClock(expression, zone, start, end));
    }

    /** Walks through the minutes; a fixed time is due when the clock first shows it or first shows a later one. */
    private static List<Instant> shownByTheClock(Expression expression, ZoneId zone, Instant start, Instant end) {
        TreeSet<Instant> due = new TreeSet<>();
        LocalDateTime latest = LocalDateTime.ofInstant(start, zone).minusDays(2);
        boolean fixed = expression.isFixed();
        for (Instant moment = start.minus(2, ChronoUnit.DAYS); moment.isBefore(end); moment = moment.plusSeconds(60)) {
            ZoneOffset offset = zone.getRules().getOffset(moment);
            LocalDateTime shown = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, offset);
            if (!fixed) {
                if (expression.matches(shown)) {
                    due.add(moment);
                }
                continue;
            }
            if (shown.isAfter(latest)) {
                boolean isNew = false;
                for (LocalDateTime minute = latest.plusMinutes(1); !minute.isAfter(shown); minute = minute
                        .plusMinutes(1)) {
                    isNew |= expression.matches(minute);
                }
                if (isNew) {
                    due.add(moment);
                }
                latest = shown;
            }
        }
        return due.tailSet(start).stream().toList();
    }

    @Property(tries = 200)
    void theNextDueTimeIsLaterFromAnyMoment(@ForAll("expressions") Expression expression,
            @ForAll @IntRange(min = 0, max = 5) int zoneIndex, @ForAll @IntRange(min = 0) int seconds,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        Instant moment = Instant.ofEpochSecond(seconds, nanos);
        Cadence cadence = new Cadence.OfCron(Cron.parse(expression.toString()), ZONES.get(zoneIndex));

        Instant next = cadence.after(moment).orElseThrow();

        assertThat(next).isAfter(moment);
        assertThat(cadence.after(next.minusNanos(1))).contains(next);
        assertThat(cadence.after(next).orElseThrow()).isAfterOrEqualTo(next.plus(Cadence.SHORTEST));
    }

    /** Days that are counted from the end of the month, or by weeks, against the plain words. */
    @Property(tries = 40)
    void specialDaysAreWhatTheyAreCalled(@ForAll @IntRange(min = 0, max = 6) int weekday,
            @ForAll @IntRange(min = 1, max = 5) int which, @ForAll @IntRange(min = 1995, max = 2095) int year) {
        DayOfWeek day = DayOfWeek.of(weekday == 0 ? 7 : weekday);
        for (LocalDate date = LocalDate.of(year, 1, 1); date.getYear() == year; date = date.plusDays(1)) {
            long sameBefore = date.withDayOfMonth(1).datesUntil(date).filter(d -> d.getDayOfWeek() == day).count();
            boolean nth = date.getDayOfWeek() == day && sameBefore == which - 1;
            boolean last = date.getDayOfWeek() == day && date.plusDays(7).getMonth() != date.getMonth();

            assertThat(isDue("0 0 * * " + weekday + "#" + which, date)).isEqualTo(nth);
            assertThat(isDue("0 0 * * " + weekday + "L", date)).isEqualTo(last);
            assertThat(isDue("0 0 L-" + which + " * *", date))
                    .isEqualTo(date.plusDays(which + 1L).getDayOfMonth() == 1);
        }
    }

    private static boolean isDue(String expression, LocalDate date) {
        return Cron.parse(expression).from(date.atStartOfDay()).filter(date.atStartOfDay()::equals).isPresent();
    }
}
