package dev.leat.projector.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.projection.DueAction;
import dev.leat.domain.projection.Effect;
import dev.leat.projector.watch.LaneDirectory;

/**
 * Does what the domain wants done about a job. Everything is done in the transaction that the task is in.
 *
 * <p>Invariant: each command that is to be queued is written to its lane, or has an entry in the due index that comes to
 * it again, or the job's end is decided. A write to a topic that does not exist would hold up the stream thread for a
 * minute and then undo what it has done, for ever; so a command is only written to a lane that is known to be there.
 *
 * <p>For the task's stream thread.
 */
final class EffectRunner {

    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Task task;
    private final JobTopology.Parts parts;

    EffectRunner(Task task, JobTopology.Parts parts) {
        this.task = task;
        this.parts = parts;
    }

    void run(JobId job, List<Effect> effects, Instant now) {
        effects.forEach(effect -> run(job, effect, now));
    }

    private void run(JobId job, Effect effect, Instant now) {
        switch (effect) {
            case Effect.Decide(Fact decision) -> task.outbox().decide(job, decision);
            case Effect.Ask ask -> task.outbox().ask(job, ask.request());
            case Effect.Tell tell -> {
                task.outbox().ask(tell.other(), tell.request());
                task.commit().request();
            }
            case Effect.Queue(Fact.JobQueued command) -> queue(job, command, now);
            case Effect.Schedule(Instant at, DueAction action) -> task.due().schedule(new DueEntry(at, job, action));
            case Effect.Notify(JobNotice notice) -> {
                task.outbox().notifySubmitter(notice);
                task.commit().request();
            }
            case Effect.HoldKey(String key) -> task.keys().keys().hold(key, job);
            case Effect.FreeKey(String key) -> task.keys().keys().free(key, job);
            case Effect.Forget(JobId forgotten) -> forget(forgotten);
        }
    }

    private void forget(JobId job) {
        task.logs().delete(job);
        if (task.jobs().forget(job)) {
            parts.counters().countForgotten();
        }
    }

    private void queue(JobId job, Fact.JobQueued command, Instant now) {
        String lane = parts.topics().jobs(command.submission().type().plugin(), command.submission().lane());
        switch (parts.lanes().find(lane)) {
            case LaneDirectory.Lookup.Present(int largest) -> write(job, lane, command, largest, now);
            case LaneDirectory.Lookup.Awaited _ ->
                task.due().schedule(new DueEntry(now.plus(LOOK_AGAIN), job, again(command)));
            case LaneDirectory.Lookup.Missing _ -> reject(job, Refusals.unknownPlugin(command.submission(), now));
        }
    }

    private void write(JobId job, String lane, Fact.JobQueued command, int largest, Instant now) {
        if (task.outbox().queue(job, lane, command, largest, now)) {
            parts.counters().countQueued();
        } else {
            reject(job, Refusals.tooLarge(lane, largest, now));
        }
    }

    private void reject(JobId job, Fact.JobRejected refusal) {
        LOG.warn("Job {} cannot be put into its lane: {}", job, refusal.error().message());
        task.outbox().decide(job, refusal);
    }

    private static DueAction again(Fact.JobQueued command) {
        return command.attempt() == 1 ? new DueAction.Release() : new DueAction.Retry(command.attempt());
    }
}
