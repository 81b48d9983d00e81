package dev.leat.projector.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls the stream thread back when there is something to do, and only then: Kafka Streams commits a transaction after
 * each punctuation, so one at a fixed pace would write to Kafka many times a second while nothing happens.
 *
 * <p>It goes off {@link #LONGEST} after it was set at the latest, early as that may be; whoever set it looks for work and sets
 * it again.
 * For the task's stream thread.
 */
public final class Alarm {

    /** Kafka Streams forgets a cancelled punctuation only when its time has come, so none is set for much later. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ProcessorContext<?, ?> context;
    private final InstantSource clock;
    private final Runnable work;
    private @Nullable Cancellable set;
    private Instant at = Instant.MAX;

    /** @param work looks for something to do, and sets the alarm again where more is to come */
    public Alarm(ProcessorContext<?, ?> context, InstantSource clock, Runnable work) {
        this.context = context;
        this.clock = clock;
        this.work = work;
    }

    /** Sees to it that the alarm goes off at this time at the latest. */
    public void setFor(Instant time) {
        if (set != null && !time.isBefore(at)) {
            return;
        }
        cancel();
        Instant now = clock.instant();
        Duration wait = time.isAfter(now.plus(LONGEST)) ? LONGEST : Duration.between(now, time);
        at = now.plus(wait);
        set = context.schedule(wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait,
                PunctuationType.WALL_CLOCK_TIME, _ -> goOff());
    }

    private void goOff() {
        cancel();
        work.run();
    }

    /** Sees to it that the alarm does not go off until it is set again. */
    public void cancel() {
        if (set != null) {
            set.cancel();
            set = null;
        }
    }
}
