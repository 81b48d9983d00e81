package dev.leat.worker.plugin;

import java.util.Optional;

/**
 * Counts who still needs the code of plugins that were loaded together, so that it is let go when nobody does any more:
 * each attempt, from its claim to the end of its handler, and whoever claims for them.
 *
 * <p>Invariant: what was retired and is unused is never used again, and is let go exactly once. Thread-safe; the monitor
 * guards all of it.
 */
public final class PluginUses {

    private int count;
    private boolean retired;
    private Optional<Runnable> letGo = Optional.empty();

    /**
     * Notes another user.
     *
     * @throws IllegalStateException where nobody uses it and nobody is to any more
     */
    public synchronized void acquire() {
        if (retired && count == 0) {
            throw new IllegalStateException("Expected plugins that can be used, but they have been let go");
        }
        count++;
    }

    /** Notes that one user has ended; what is to follow on the last one happens on the calling thread. */
    public void release() {
        take(-1).ifPresent(Runnable::run);
    }

    /**
     * Lets it go when its users have ended; at once, on the calling thread, where there are none. A second call does
     * nothing.
     *
     * @param letGo called on the thread of the last user; must not block
     */
    public void retire(Runnable letGo) {
        synchronized (this) {
            if (retired) {
                return;
            }
            retired = true;
            this.letGo = Optional.of(letGo);
        }
        take(0).ifPresent(Runnable::run);
    }

    /** How many use it now. */
    public synchronized int count() {
        return count;
    }

    private synchronized Optional<Runnable> take(int difference) {
        if (count + difference < 0) {
            throw new IllegalStateException("Expected a user of the plugins to end, but there is none");
        }
        count += difference;
        if (!retired || count > 0) {
            return Optional.empty();
        }
        Optional<Runnable> due = letGo;
        letGo = Optional.empty();
        return due;
    }
}
