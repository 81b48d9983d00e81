package dev.leat.plugin.test;

import dev.leat.plugin.JobContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a handler sees of its attempt under test; writes down all that it says until it ends, and what is not right about
 * it. Thread-safe; {@link #lock} guards the lists.
 */
final class AttemptRecorder implements JobContext {

    private static final int MAX_MESSAGE = 500;

    private final AttemptTerms terms;
    private final AttemptStop stop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition said = lock.newCondition();
    private final List<ProgressReport> reports = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private boolean closed;

    AttemptRecorder(AttemptTerms terms, AttemptStop stop) {
        this.terms = terms;
        this.stop = stop;
    }

    @Override
    public UUID jobId() {
        return terms.jobId();
    }

    @Override
    public int attempt() {
        return terms.attempt();
    }

    @Override
    public InstantSource clock() {
        return terms.clock();
    }

    @Override
    public boolean isCancelled() {
        return stop.isRaised();
    }

    @Override
    public void progress(int percent, String message) {
        if (percent < 0 || percent > 100) {
            throw refused("Expected progress from 0 to 100 percent, but got " + percent);
        }
        int number = add(new ProgressReport(percent,
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE)));
        if (terms.cancellation() instanceof Cancellation.AfterReports(int reports) && number == reports) {
            stop.raise(AttemptEnd.CANCELLED);
        }
        terms.rendezvous().meet();
    }

    @Override
    public void progress(long done, long total, String message) {
        if (done < 0 || done > total) {
            throw refused("Expected progress from 0 to a total of %d, but got %d".formatted(total, done));
        }
        JobContext.super.progress(done, total, message);
    }

    /** @return its number, from 1 on; 0 where the attempt has ended and nobody listens */
    private int add(ProgressReport report) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            reports.add(report);
            said.signalAll();
            return reports.size();
        } finally {
            lock.unlock();
        }
    }

    private IllegalArgumentException refused(String refusal) {
        lock.lock();
        try {
            refusals.add(refusal);
        } finally {
            lock.unlock();
        }
        return new IllegalArgumentException(refusal);
    }

    /** Takes nothing any more: the attempt has ended. */
    void close() {
        lock.lock();
        try {
            closed = true;
            said.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the attempt has ended. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for so many reports of progress.
     *
     * @return whether there were as many before the attempt ended and before the time was over
     */
    boolean awaitReports(int number, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (reports.size() < number && !closed && left > 0) {
                left = said.awaitNanos(left);
            }
            return reports.size() >= number;
        } finally {
            lock.unlock();
        }
    }

    /** The reports of progress so far. */
    List<ProgressReport> reports() {
        lock.lock();
        try {
            return List.copyOf(reports);
        } finally {
            lock.unlock();
        }
    }

    /** What the handler said that was refused by an exception. */
    List<String> refusals() {
        lock.lock();
        try {
            return List.copyOf(refusals);
        } finally {
            lock.unlock();
        }
    }
}
