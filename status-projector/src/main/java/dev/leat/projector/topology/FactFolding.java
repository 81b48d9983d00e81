package dev.leat.projector.topology;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.domain.Request;

/**
 * Folds facts into the jobs of one task and does what follows from them; what that is, the domain says. For the task's
 * stream thread.
 */
final class FactFolding {

    private static final String TOO_LARGE = "result-too-large";

    private final Task task;
    private final EffectRunner effects;
    private final JobTopology.Parts parts;

    FactFolding(Task task, EffectRunner effects, JobTopology.Parts parts) {
        this.task = task;
        this.effects = effects;
        this.parts = parts;
    }

    /**
     * Folds a fact. A result that makes its job too large to be kept is a failure, or the job would never end.
     *
     * @throws JobTooLargeException where another fact does; nothing has been done then
     */
    void fold(JobId id, Fact fact) {
        Job before = task.jobs().load(id);
        if (fact instanceof Fact.AttemptLogged logged) {
            append(before, logged);
            return;
        }
        try {
            fold(before, fact);
        } catch (JobTooLargeException tooLarge) {
            if (!(fact instanceof Fact.AttemptSucceeded success)) {
                throw tooLarge;
            }
            fold(before, new Fact.AttemptFailed(success.attempt(), success.claim(),
                    JobError.of(TOO_LARGE, String.valueOf(tooLarge.getMessage())), Optional.empty(), success.at()));
        }
    }

    private void fold(Job before, Fact fact) {
        Job after = JobFold.apply(before, fact);
        if (after.equals(before)) {
            parts.counters().countUnchanged();
        } else {
            task.jobs().replace(before, after);
            parts.counters().countChanged();
            if (fact instanceof Fact.AttemptStarted start) {
                parts.leases().claimed(start.worker());
            }
        }
        Instant now = parts.clock().instant();
        effects.run(before.id(), parts.projection().folded(before, after, fact, task.keys(), now), now);
    }

    /** Lines change the job's log, and nothing about the job. */
    private void append(Job job, Fact.AttemptLogged logged) {
        JobLog before = task.logs().load(job.id());
        JobLog after = before.apply(job, logged);
        if (after.equals(before)) {
            parts.counters().countUnchanged();
        } else {
            task.logs().save(job.id(), after);
            parts.counters().countChanged();
        }
    }

    /** Does what is asked of a job. */
    void answer(JobId id, Request request) {
        effects.run(id, parts.projection().requested(task.jobs().load(id), request), parts.clock().instant());
    }
}
