package dev.leat.domain.schedule;

import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalInt;

/** The times of day of a cron expression, to the second. */
record CronTimes(CronField seconds, CronField minutes, CronField hours) {

    LocalTime first() {
        return LocalTime.of(hours.first(), minutes.first(), seconds.first());
    }

    /** The first of them that is not before this one, which is in whole seconds. */
    Optional<LocalTime> from(LocalTime time) {
        if (hours.contains(time.getHour())) {
            Optional<LocalTime> inHour = inHour(time);
            if (inHour.isPresent()) {
                return inHour;
            }
        }
        OptionalInt hour = hours.from(time.getHour() + 1);
        return hour.isPresent()
                ? Optional.of(LocalTime.of(hour.getAsInt(), minutes.first(), seconds.first()))
                : Optional.empty();
    }

    private Optional<LocalTime> inHour(LocalTime time) {
        OptionalInt second = minutes.contains(time.getMinute())
                ? seconds.from(time.getSecond())
                : OptionalInt.empty();
        if (second.isPresent()) {
            return Optional.of(LocalTime.of(time.getHour(), time.getMinute(), second.getAsInt()));
        }
        OptionalInt minute = minutes.from(time.getMinute() + 1);
        return minute.isPresent()
                ? Optional.of(LocalTime.of(time.getHour(), minute.getAsInt(), seconds.first()))
                : Optional.empty();
    }

    /** Whether they are named one by one, and not as a rhythm. */
    boolean areFixed() {
        return !seconds.isOpen() && !minutes.isOpen() && !hours.isOpen();
    }
}
