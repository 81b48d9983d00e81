package dev.leat.submit.live;

/** One listener's place in a feed. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** The place from which it is told: everything that comes after it, and nothing else. */
    LogPosition start();

    /** Ends it; the listener is told nothing more once this has returned. Does nothing where it has ended. */
    @Override
    void close();
}
