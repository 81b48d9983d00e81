package dev.leat.projector;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TopologyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.projector.topology.ProjectorCounters;
import dev.leat.projector.topology.StopSignal;

/**
 * Puts a new stream thread in the place of one that has failed, after a pause: what fails is mostly something outside
 * that comes back. The pause is left out where the thread's own tasks were at fault, as a new thread has new ones. Where
 * threads keep failing, or the JVM itself is in trouble, the projector gives up, so that whoever runs it can see that and
 * start it again. Thread-safe; called on the failed threads.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    static final int LIMIT = 10;
    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private final Duration pause;
    private final StopSignal stopSignal;
    private final ProjectorCounters counters;
    private final InstantSource clock;
    /** Guarded by this. */
    private final Deque<Instant> failures = new ArrayDeque<>();

    ThreadReplacement(Duration pause, StopSignal stopSignal, ProjectorCounters counters, InstantSource clock) {
        this.pause = pause;
        this.stopSignal = stopSignal;
        this.counters = counters;
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
        return stopSignal.pause(isOfOldTask(failure) ? Duration.ZERO : pause)
                ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized int countFailure() {
        counters.countFailedThread();
        Instant now = clock.instant();
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(WINDOW))) {
            failures.removeFirst();
        }
        return failures.size();
    }

    private static boolean isOfJvm(Throwable failure) {
        return rootOf(failure) instanceof Error;
    }

    /** Whether the topology of a task was made before a lane that the task has to read; of another task, it is not. */
    private static boolean isOfOldTask(Throwable failure) {
        return rootOf(failure) instanceof TopologyException;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
