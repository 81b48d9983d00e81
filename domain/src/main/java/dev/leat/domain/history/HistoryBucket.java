package dev.leat.domain.history;

import java.util.OptionalLong;

/**
 * What has happened within a piece of time.
 *
 * @param number of the piece, counted in its width since 1970
 * @param started how many attempts were
 * @param completed how many jobs
 * @param failed how many jobs failed or timed out
 * @param queued how many jobs were in lanes at its end; empty where that is not known
 * @param waits how long jobs whose first attempt started then had waited for it
 * @param runs how long attempts ran that ended then by themselves
 */
public record HistoryBucket(long number, int started, int completed, int failed, OptionalLong queued,
        LogHistogram waits, LogHistogram runs) {

    /** A piece of time in which nothing has happened, at whose end no jobs were in lanes. */
    public static HistoryBucket quiet(long number) {
        return new HistoryBucket(number, 0, 0, 0, OptionalLong.of(0), new LogHistogram(), new LogHistogram());
    }

    /** The same where nobody knows how many jobs were in lanes. */
    HistoryBucket withoutQueued() {
        return new HistoryBucket(number, started, completed, failed, OptionalLong.empty(), waits, runs);
    }

    /** This and what has happened elsewhere in the same piece of time. */
    public HistoryBucket and(HistoryBucket other) {
        return merged(other, queued.isPresent() && other.queued.isPresent()
                ? OptionalLong.of(queued.getAsLong() + other.queued.getAsLong())
                : OptionalLong.empty());
    }

    /** This and what has happened next, as parts of one longer piece of time. */
    HistoryBucket then(HistoryBucket next) {
        return merged(next, next.queued);
    }

    /** The same as a part of a longer piece of time. */
    HistoryBucket numbered(long other) {
        return new HistoryBucket(other, started, completed, failed, queued, waits, runs);
    }

    private HistoryBucket merged(HistoryBucket other, OptionalLong queuedAtEnd) {
        LogHistogram allWaits = new LogHistogram();
        allWaits.add(waits);
        allWaits.add(other.waits);
        LogHistogram allRuns = new LogHistogram();
        allRuns.add(runs);
        allRuns.add(other.runs);
        return new HistoryBucket(number, started + other.started, completed + other.completed, failed + other.failed,
                queuedAtEnd, allWaits, allRuns);
    }
}
