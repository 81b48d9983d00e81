package dev.leat.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The last lines that a job's attempts have written.
 *
 * <p>Invariants: at most {@value #MOST_LINES} lines of together {@value #MAX_SIZE} characters, the newest ones; of one
 * claim in the order in which they were written, none twice. Only lines of a claim that was open when they were read are
 * kept.
 *
 * @param dropped how many older lines have made room
 * @param lastClaim whose lines came last
 * @param lastSequence the number of its last fact
 */
public record JobLog(List<Entry> entries, long dropped, Optional<ClaimId> lastClaim, long lastSequence) {

    public static final int MOST_LINES = 500;
    public static final int MAX_SIZE = 100_000;
    public static final JobLog EMPTY = new JobLog(List.of(), 0, Optional.empty(), 0);

    /** A line and the attempt that wrote it. */
    public record Entry(int attempt, LogLine line) {}

    public JobLog {
        entries = List.copyOf(entries);
    }

    /** The log with the lines of this fact; the same instance where they do not count. */
    public JobLog apply(Job job, Fact.AttemptLogged fact) {
        boolean known = lastClaim.filter(fact.claim()::equals).isPresent() && fact.sequence() <= lastSequence;
        if (known || fact.attempt() != job.attempt() || job.openClaim(fact.claim()).isEmpty()) {
            return this;
        }
        Deque<Entry> longer = new ArrayDeque<>(entries);
        fact.lines().forEach(line -> longer.add(new Entry(fact.attempt(), line)));
        int size = longer.stream().mapToInt(entry -> entry.line().size()).sum();
        long gone = dropped;
        while (longer.size() > MOST_LINES || size > MAX_SIZE) {
            size -= longer.remove().line().size();
            gone++;
        }
        return new JobLog(List.copyOf(longer), gone, Optional.of(fact.claim()), fact.sequence());
    }
}
