package dev.leat.projector.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.kafka.streams.processor.api.ProcessorContext;

import dev.leat.domain.batch.BatchId;
import dev.leat.projector.topology.Alarm;

/**
 * Lets batches do what they do by themselves, in turn. A batch that has been told something does a few steps at once: one
 * operation that has ended makes room for another. What is more waits for an alarm. One piece of work ends after some
 * steps or some milliseconds, and the next one follows after a pause, so that facts are folded in between however many
 * operations a batch has.
 *
 * <p>For the task's stream thread.
 */
final class BatchWork {

    private static final Duration LONGEST = Duration.ofMillis(25);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int FEW = 2;
    private static final int TURN = 50;
    private static final int FORGOTTEN_AT_ONCE = 500;

    private final BatchTask task;
    private final Alarm alarm;
    private final InstantSource clock;
    /** Those that may have something to do. */
    private final Set<BatchId> ready = new LinkedHashSet<>();
    private Instant notBefore = Instant.EPOCH;

    BatchWork(ProcessorContext<?, ?> context, BatchTask task, InstantSource clock) {
        this.task = task;
        this.clock = clock;
        this.alarm = new Alarm(context, clock, this::work);
        task.unfinished().forEach(ready::add);
        plan();
    }

    /** To be called when a batch has been told something. */
    void told(BatchId id) {
        if (!ready.contains(id) && !turn(id, FEW)) {
            ready.add(id);
        }
        plan();
    }

    void cancel() {
        alarm.cancel();
    }

    private void plan() {
        if (!ready.isEmpty()) {
            alarm.setFor(notBefore);
        }
        task.nextForgetting().ifPresent(at -> alarm.setFor(at.isBefore(notBefore) ? notBefore : at));
    }

    private void work() {
        long start = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - start < LONGEST.toNanos()) {
            boolean stepped = takeTurn();
            boolean forgotten = task.forgetSome(FORGOTTEN_AT_ONCE);
            more = stepped || forgotten;
        }
        notBefore = clock.instant().plus(PAUSE);
        plan();
    }

    /** Lets the batch that has waited longest do some steps; says whether there was one. */
    private boolean takeTurn() {
        Iterator<BatchId> waiting = ready.iterator();
        if (!waiting.hasNext()) {
            return false;
        }
        BatchId next = waiting.next();
        waiting.remove();
        if (!turn(next, TURN)) {
            ready.add(next);
        }
        return true;
    }

    /** Whether the batch has nothing more to do. */
    private boolean turn(BatchId id, int steps) {
        for (int i = 0; i < steps; i++) {
            if (!task.step(id)) {
                return true;
            }
        }
        return false;
    }
}
