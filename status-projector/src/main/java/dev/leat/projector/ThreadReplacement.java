package dev.leat.projector;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.projector.topology.StopSignal;

/**
 * Puts a new stream thread in the place of one that has failed, after a pause: what fails is mostly something outside
 * that comes back. Where threads keep failing, or the JVM itself is in trouble, the projector gives up, so that whoever
 * runs it can see that and start it again. Thread-safe; called on the failed threads.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    static final int LIMIT = 10;
    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private final Duration pause;
    private final StopSignal stopSignal;
    private final InstantSource clock;
    /** Guarded by this. */
    private final Deque<Instant> failures = new ArrayDeque<>();

    ThreadReplacement(Duration pause, StopSignal stopSignal, InstantSource clock) {
        this.pause = pause;
        this.stopSignal = stopSignal;
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        int recent = countFailure();
        if (isOfJvm(failure) || recent > LIMIT) {
            LOG.error("Expected a stream thread to run, but it failed, time {} in {}; the projector gives up", recent,
                    WINDOW, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("Expected a stream thread to run, but it failed, time {} in {}; another takes its place", recent,
                WINDOW, failure);
        return stopSignal.pause(pause)
                ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized int countFailure() {
        Instant now = clock.instant();
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(WINDOW))) {
            failures.removeFirst();
        }
        return failures.size();
    }

    private static boolean isOfJvm(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Error;
    }
}
