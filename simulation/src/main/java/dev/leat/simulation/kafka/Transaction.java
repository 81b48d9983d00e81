package dev.leat.simulation.kafka;

import java.util.LinkedHashSet;
import java.util.Set;

/** A transaction of a producer: its records can be read when it is committed, and nothing behind them before it ends. */
public final class Transaction {

    private enum State {
        OPEN, COMMITTED, ABORTED
    }

    private final Set<Log> logs = new LinkedHashSet<>();
    private State state = State.OPEN;

    public boolean isOpen() {
        return state == State.OPEN;
    }

    public boolean isCommitted() {
        return state == State.COMMITTED;
    }

    void touch(Log log) {
        logs.add(log);
    }

    /** Ends it; does nothing where it has ended. */
    public void end(boolean commit) {
        if (isOpen()) {
            state = commit ? State.COMMITTED : State.ABORTED;
            logs.forEach(Log::wakeReaders);
        }
    }
}
