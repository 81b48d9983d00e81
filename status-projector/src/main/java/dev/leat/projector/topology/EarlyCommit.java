package dev.leat.projector.topology;

import java.time.Instant;
import java.time.InstantSource;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Has a task commit what another one waits for, at the pace of its thread. For the task's stream thread. */
public final class EarlyCommit {

    private final ProcessorContext<?, ?> context;
    private final CommitPace pace;
    private final InstantSource clock;
    private final Alarm alarm;

    public EarlyCommit(ProcessorContext<?, ?> context, CommitPace pace, InstantSource clock) {
        this.context = context;
        this.pace = pace;
        this.clock = clock;
        this.alarm = new Alarm(context, clock, context::commit);
    }

    /** To be called when something has been written that is waited for. */
    public void request() {
        Instant now = clock.instant();
        pace.next(now).ifPresent(time -> {
            if (time.isAfter(now)) {
                alarm.setFor(time);
            } else {
                context.commit();
            }
        });
    }
}
