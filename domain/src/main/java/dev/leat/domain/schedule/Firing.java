package dev.leat.domain.schedule;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.leat.domain.JobState;

/**
 * What became of a due time.
 *
 * @param due when it was due; of a firing by hand, when that was asked for
 * @param at when that was decided
 */
public record Firing(Instant due, Instant at, Outcome outcome) {

    /** How it came out. */
    public sealed interface Outcome {
        /** A job or a batch was submitted. */
        record Fired(Submitted what, Optional<JobState> ended) implements Outcome {}

        /**
         * None was.
         *
         * @param until the due times before this one, which is not meant, were left out for the same reason; empty where
         *        it was {@code due} alone
         */
        record Skipped(SkipReason reason, Optional<Instant> until) implements Outcome {}
    }

    /** Why a due time was left out. */
    public enum SkipReason {
        /** A job of an earlier firing has not ended. */
        OVERLAP,
        /** Another firing waits already for an earlier job to end. */
        QUEUE_FULL,
        /** A later firing has taken its place. */
        SUPERSEDED,
        /** Nobody was there in time, and it is more than is made up for. */
        MISSED,
        /** The schedule was paused while it waited. */
        PAUSED;

        /** The name outside the JVM, such as {@code queue-full}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Firing ended(UUID id, JobState state) {
        return outcome instanceof Outcome.Fired fired && fired.what().value().equals(id)
                ? new Firing(due, at, new Outcome.Fired(fired.what(), Optional.of(state)))
                : this;
    }
}
