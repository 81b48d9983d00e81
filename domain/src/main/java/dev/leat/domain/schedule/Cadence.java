package dev.leat.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/** At which times a schedule is due. Due times are in whole milliseconds and at least a second apart. */
public sealed interface Cadence {

    /** Two due times are never closer. */
    Duration SHORTEST = Duration.ofSeconds(1);

    /** The first due time after this one; empty where there is none before the end of time. */
    Optional<Instant> after(Instant time);

    /**
     * By a cron expression on the clocks of a time zone.
     *
     * <p>Where clocks are put forward, local times are missing; where they are put back, some come twice. What an
     * expression means then depends on whether it names times or a rhythm, as cron by Vixie and ISC has it:
     * <ul>
     * <li>Times ({@code 30 2 * * *}): one that is missing is due at the first moment after the gap; one that comes twice
     * is due the first time only. So each named time is due once a day, and several that are missing are due once.
     * <li>A rhythm, with {@code *} or a step in seconds, minutes or hours ({@code 0 * * * *}): what is missing is left out,
     * what comes twice is due twice. So the rhythm goes on as time does.
     * </ul>
     */
    record OfCron(Cron cron, ZoneId zone) implements Cadence {

        private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

        @Override
        public Optional<Instant> after(Instant time) {
            Instant start = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
            return (cron.isFixed() ? fixed(start) : rhythm(start)).filter(due -> due.isBefore(END));
        }

        /** Later local times are never due earlier, so the first match that is due later is the one. */
        private Optional<Instant> fixed(Instant time) {
            ZoneRules rules = zone.getRules();
            Optional<LocalDateTime> match = cron.from(LocalDateTime.ofInstant(time, rules.getOffset(time))
                    .plusNanos(1));
            while (match.isPresent()) {
                Instant due = due(rules, match.get());
                if (due.isAfter(time)) {
                    return Optional.of(due);
                }
                match = cron.from(match.get().plusNanos(1));
            }
            return Optional.empty();
        }

        private static Instant due(ZoneRules rules, LocalDateTime local) {
            ZoneOffsetTransition change = rules.getTransition(local);
            if (change == null) {
                return local.toInstant(rules.getOffset(local));
            }
            return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
        }

        /** From one change of the clocks to the next, local time passes as time does. */
        private Optional<Instant> rhythm(Instant time) {
            ZoneRules rules = zone.getRules();
            Instant from = time.plusNanos(1);
            while (from.isBefore(END)) {
                ZoneOffset offset = rules.getOffset(from);
                Optional<Instant> match = cron.from(LocalDateTime.ofInstant(from, offset))
                        .map(local -> local.toInstant(offset));
                ZoneOffsetTransition change = rules.nextTransition(from);
                if (change == null || match.filter(due -> due.isBefore(change.getInstant())).isPresent()) {
                    return match;
                }
                from = change.getInstant();
            }
            return Optional.empty();
        }
    }

    /**
     * At a fixed distance, counted from 1970-01-01T00:00:00Z, so that due times do not hang on when the schedule was
     * made or changed.
     *
     * @param every a second or more
     * @param offset moves all due times, from zero to less than {@code every}
     */
    record Interval(Duration every, Duration offset) implements Cadence {

        /** The longest distance. */
        public static final Duration LONGEST = Duration.ofDays(366);

        public Interval {
            if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "Expected an interval from " + SHORTEST + " to " + LONGEST + ", but got " + every);
            }
            if (offset.isNegative() || offset.compareTo(every) >= 0) {
                throw new IllegalArgumentException("Expected an offset from zero to less than the interval of " + every
                        + ", but got " + offset);
            }
        }

        @Override
        public Optional<Instant> after(Instant time) {
            long passed = Math.floorDiv(time.toEpochMilli() - offset.toMillis(), every.toMillis());
            return Optional.of(Instant.ofEpochMilli((passed + 1) * every.toMillis() + offset.toMillis()));
        }
    }
}
