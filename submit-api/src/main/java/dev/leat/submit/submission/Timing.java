package dev.leat.submit.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.Terms;
import dev.leat.runtime.json.FieldError;

/**
 * When a job may run and for how long, as its submission says it: counted from when it is submitted, but for
 * {@code runAt}. Pure.
 *
 * @param delay how long it is held back; not together with {@code runAt}
 * @param runAt not before then; at once where that is past
 * @param expiresIn how long it may wait for its first start, from when it may run
 * @param deadline how long all of it may take, its delay and all attempts included
 */
public record Timing(Optional<Duration> delay, Optional<Instant> runAt, Optional<Duration> expiresIn,
        Optional<Duration> deadline) {

    /** How far ahead a job can be submitted, and the longest of the other times. */
    public static final Duration FARTHEST = Duration.ofDays(365);

    public static final Timing NONE = new Timing(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    /** What cannot be meant by it in a submission of that moment, each with its field. */
    List<FieldError> errors(Instant now) {
        List<FieldError> errors = new ArrayList<>();
        Instant farthest = now.plus(FARTHEST);
        runAt.filter(at -> at.isAfter(farthest))
                .ifPresent(at -> errors.add(new FieldError("/runAt",
                        "Expected a time at most " + FARTHEST.toDays() + " days ahead, but got " + at)));
        if (errors.isEmpty()) {
            Instant start = start(now).orElse(now);
            deadline.filter(limit -> !now.plus(limit).isAfter(start))
                    .ifPresent(limit -> errors.add(new FieldError("/deadline",
                            "Expected a deadline after the job may run, which is at " + start + ", but " + limit
                                    + " from now is " + now.plus(limit))));
        }
        return errors;
    }

    /** When a job that is submitted now may run; empty for at once. */
    Optional<Instant> start(Instant now) {
        return delay.map(now::plus)
                .or(() -> runAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS)))
                .filter(at -> at.isAfter(now));
    }

    /** The conditions of a submission of that moment, without keys. */
    Terms terms(Instant now) {
        Optional<Instant> start = start(now);
        return new Terms(start, expiresIn.map(start.orElse(now)::plus), deadline.map(now::plus), Optional.empty(),
                Optional.empty());
    }
}
