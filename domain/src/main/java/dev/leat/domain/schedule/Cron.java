package dev.leat.domain.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.Excerpt;

/**
 * A cron expression: minute, hour, day of the month, month and day of the week, with a field for seconds before them or
 * without. Fields hold lists of values, ranges and steps; days of the month also {@code L}, {@code L-3}, {@code LW} and
 * {@code 15W}; days of the week also {@code FRIL} and {@code MON#2}. It speaks of local time; {@link Cadence.OfCron} says
 * what becomes of it in a time zone. Immutable; two are equal where their texts are.
 */
public final class Cron {

    /** How long an expression may be, in characters. */
    public static final int MAX_LENGTH = 200;

    private static final Map<String, String> NICKNAMES = Map.of("@yearly", "0 0 1 1 *", "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *", "@weekly", "0 0 * * 0", "@daily", "0 0 * * *", "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    /** Any day will do: the calendar repeats itself. */
    private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

    private final String text;
    private final CronTimes times;
    private final CronDays days;

    private Cron(String text, CronTimes times, CronDays days) {
        this.text = text;
        this.times = times;
        this.days = days;
    }

    /**
     * Reads an expression of five or six fields, or a nickname such as {@code @daily}.
     *
     * @throws CronSyntaxException where it is none, or names no day that exists
     */
    public static Cron parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new CronSyntaxException(
                    "Expected a cron expression of at most " + MAX_LENGTH + " characters, but got "
                            + text.length());
        }
        String trimmed = text.strip();
        String[] fields = NICKNAMES.getOrDefault(trimmed.toLowerCase(Locale.ROOT), trimmed).split("\\s+", -1);
        if (fields.length < 5 || fields.length > 6) {
            throw new CronSyntaxException(
                    "Expected a cron expression of 5 fields, or of 6 with seconds first, or one of"
                            + " @yearly, @monthly, @weekly, @daily and @hourly, but got '" + Excerpt.of(text) + "'");
        }
        int minute = fields.length - 5;
        CronTimes times = new CronTimes(CronField.parse(CronUnit.SECOND, minute == 0 ? "0" : fields[0]),
                CronField.parse(CronUnit.MINUTE, fields[minute]), CronField.parse(CronUnit.HOUR, fields[minute + 1]));
        CronDays days = new CronDays(fields[minute + 2], fields[minute + 3], fields[minute + 4]);
        if (days.from(SOME_DAY).isEmpty()) {
            throw new CronSyntaxException("Expected a day that exists, but got '" + fields[minute + 2]
                    + "' as the day of the month and '" + fields[minute + 3] + "' as the month");
        }
        return new Cron(trimmed, times, days);
    }

    /** The first matching time from this one on; empty where time ends before. */
    Optional<LocalDateTime> from(LocalDateTime time) {
        LocalDateTime whole = time.truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime first = whole.equals(time) ? whole : whole.plusSeconds(1);
        LocalDate today = first.toLocalDate();
        return Optional.of(today)
                .filter(days::contains)
                .flatMap(_ -> times.from(first.toLocalTime()))
                .map(today::atTime)
                .or(() -> days.from(today.plusDays(1)).map(day -> day.atTime(times.first())));
    }

    /** Whether it names times of day and not a rhythm: no {@code *} and no step in seconds, minutes and hours. */
    boolean isFixed() {
        return times.areFixed();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
