package dev.leat.projector.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.kafka.streams.processor.api.ProcessorContext;

import dev.leat.domain.Job;

/**
 * Does what is due, when it is due. One piece of work ends after some entries or some milliseconds, and the next one
 * follows after a pause, so that facts are folded in between however much is due at once. What is done for an entry and
 * its taking out are one transaction, as all that the task does.
 *
 * <p>For the task's stream thread.
 */
final class DueWork {

    private static final Duration LONGEST = Duration.ofMillis(25);
    /** Kafka Streams folds the fewer facts the more of its rounds have a punctuation. */
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST = 2_000;
    private static final int SLICE = 100;

    private final Task task;
    private final EffectRunner effects;
    private final JobTopology.Parts parts;
    private final Alarm alarm;
    private Instant notBefore = Instant.MIN;

    DueWork(ProcessorContext<?, ?> context, Task task, EffectRunner effects, JobTopology.Parts parts) {
        this.task = task;
        this.effects = effects;
        this.parts = parts;
        this.alarm = new Alarm(context, parts.clock(), this::work);
    }

    /** To be called when entries may have been added. */
    void plan() {
        task.due().next().map(next -> next.isBefore(notBefore) ? notBefore : next).ifPresent(alarm::setFor);
    }

    void cancel() {
        alarm.cancel();
    }

    private void work() {
        long start = System.nanoTime();
        int done = 0;
        int slice;
        do {
            slice = doSome();
            done += slice;
        } while (slice == SLICE && done < MOST && System.nanoTime() - start < LONGEST.toNanos());
        parts.counters().countDueWork(done, Duration.ofNanos(System.nanoTime() - start));
        notBefore = parts.clock().instant().plus(PAUSE);
        plan();
    }

    private int doSome() {
        Instant now = parts.clock().instant();
        List<DueEntry> entries = task.due().take(now, SLICE);
        entries.forEach(entry -> {
            Job job = task.jobs().load(entry.job());
            effects.run(job.id(), parts.projection().due(job, entry.action(), now), now);
        });
        return entries.size();
    }
}
