package dev.leat.projector.topology;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What the projector has done since its start. Thread-safe. */
public final class ProjectorCounters {

    private final LongAdder changed = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder newer = new LongAdder();
    private final LongAdder unusableCommands = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder due = new LongAdder();
    private final LongAdder forgotten = new LongAdder();
    private final LongAdder lostClaims = new LongAdder();
    private final LongAdder failedThreads = new LongAdder();
    private final LongAdder fired = new LongAdder();
    private final LongAccumulator longestDueWork = new LongAccumulator(Long::max, 0);

    void countChanged() {
        changed.increment();
    }

    void countUnchanged() {
        unchanged.increment();
    }

    void countNewer() {
        newer.increment();
    }

    void countUnusableCommand() {
        unusableCommands.increment();
    }

    /** A record was written to the dead-letter topic. */
    public void countDeadLetter() {
        deadLetters.increment();
    }

    void countQueued() {
        queued.increment();
    }

    void countDueWork(int entries, Duration took) {
        due.add(entries);
        longestDueWork.accumulate(took.toNanos());
    }

    void countForgotten() {
        forgotten.increment();
    }

    void countLostClaim() {
        lostClaims.increment();
    }

    public void countFailedThread() {
        failedThreads.increment();
    }

    /** A schedule has submitted a job. */
    public void countFired() {
        fired.increment();
    }

    /** Facts that changed a job. */
    public long changed() {
        return changed.sum();
    }

    /** Facts that changed nothing: repeated, or of a claim that does not count any more. */
    public long unchanged() {
        return unchanged.sum();
    }

    /** Facts and requests of kinds that only newer versions know. */
    public long newer() {
        return newer.sum();
    }

    /** Commands that were passed over, as nobody can read them. Workers write them to the dead-letter topic. */
    public long unusableCommands() {
        return unusableCommands.sum();
    }

    /** Records of pending, events and control that were written to the dead-letter topic. */
    public long deadLetters() {
        return deadLetters.sum();
    }

    /** Commands that were put into their lanes: of jobs that had waited, and of later attempts. */
    public long queued() {
        return queued.sum();
    }

    /** Entries of the due index that have been used up. */
    public long due() {
        return due.sum();
    }

    /** Jobs that were deleted. */
    public long forgotten() {
        return forgotten.sum();
    }

    /** Decisions on claims of workers that had lost their lease. */
    public long lostClaims() {
        return lostClaims.sum();
    }

    /** Stream threads that have ended with an exception. */
    public long failedThreads() {
        return failedThreads.sum();
    }

    /** Jobs that schedules have submitted. */
    public long fired() {
        return fired.sum();
    }

    /** The longest that due work has kept a stream thread from all else at a time. */
    public Duration longestDueWork() {
        return Duration.ofNanos(longestDueWork.get());
    }
}
