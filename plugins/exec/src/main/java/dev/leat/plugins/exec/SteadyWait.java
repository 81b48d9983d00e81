package dev.leat.plugins.exec;

import java.time.Duration;

/** Waits that an interrupt does not cut short, for the time when everything has to be put away. */
final class SteadyWait {

    /** Something that can be waited for. */
    @FunctionalInterface
    interface Step {

        /** Waits for at most that long; tells whether what is waited for has happened. */
        boolean await(Duration longest) throws InterruptedException;
    }

    private SteadyWait() {}

    /**
     * Waits to the end; a thread that was interrupted is interrupted afterwards, too.
     *
     * @return whether what is waited for has happened
     */
    static boolean until(Duration longest, Step step) {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return step.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
