package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far a tail has come. Thread-safe: the tail's thread publishes, any thread waits. */
final class TailPositions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Map<Integer, Long> current = Map.of();
    private volatile boolean closed;

    Map<Integer, Long> snapshot() {
        return current;
    }

    void publish(Map<Integer, Long> positions) {
        if (!current.equals(positions)) {
            update(() -> current = Map.copyOf(positions));
        }
    }

    /** Sends all waiting threads away. */
    void close() {
        update(() -> closed = true);
    }

    boolean await(Map<Integer, Long> wanted, Duration timeout) throws InterruptedException {
        if (reached(wanted)) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!reached(wanted) && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return reached(wanted);
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean reached(Map<Integer, Long> wanted) {
        Map<Integer, Long> now = current;
        return wanted.entrySet().stream().allMatch(want -> now.getOrDefault(want.getKey(), 0L) >= want.getValue());
    }
}
