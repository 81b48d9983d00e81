package dev.leat.projector.topology;

import java.util.concurrent.atomic.LongAdder;

/** What the projector has done since its start. Thread-safe. */
public final class ProjectorCounters {

    private final LongAdder changed = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder newer = new LongAdder();
    private final LongAdder unusableCommands = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();

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

    void countDeadLetter() {
        deadLetters.increment();
    }

    /** Facts that changed a job. */
    public long changed() {
        return changed.sum();
    }

    /** Facts that changed nothing: repeated, or of a claim that does not count any more. */
    public long unchanged() {
        return unchanged.sum();
    }

    /** Facts of kinds that only newer versions know. */
    public long newer() {
        return newer.sum();
    }

    /** Commands that were passed over, as nobody can read them. Workers write them to the dead-letter topic. */
    public long unusableCommands() {
        return unusableCommands.sum();
    }

    /** Records of events and control that were written to the dead-letter topic. */
    public long deadLetters() {
        return deadLetters.sum();
    }
}
