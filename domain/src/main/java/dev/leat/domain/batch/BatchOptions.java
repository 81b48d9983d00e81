package dev.leat.domain.batch;

import java.util.Locale;
import java.util.Optional;

/**
 * How the operations of a batch are run.
 *
 * @param onFailure what a failed operation means for the others
 * @param concurrency how many operations may be on their way at a time, 1 to {@value #MOST_CONCURRENCY}; empty for as
 *        many as Leat lets
 */
public record BatchOptions(OnFailure onFailure, Optional<Integer> concurrency) {

    public static final int MOST_CONCURRENCY = 100_000;

    /** Every operation runs, however the others end. */
    public static final BatchOptions DEFAULT = new BatchOptions(OnFailure.CONTINUE, Optional.empty());

    /** What a failed operation means for the others. */
    public enum OnFailure {
        /** Those that have not been released are skipped; those that have end by themselves. */
        STOP,
        /** Nothing. */
        CONTINUE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public BatchOptions {
        concurrency.filter(limit -> limit < 1 || limit > MOST_CONCURRENCY).ifPresent(limit -> {
            throw new IllegalArgumentException(
                    "Expected a concurrency from 1 to " + MOST_CONCURRENCY + ", but got " + limit);
        });
    }
}
