package dev.leat.submit.submission;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.Origin;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;

/**
 * Turns submissions into commands: on the lanes of their plugins, or on the pending topic where a job has to wait for its
 * time or for the word that nobody else has its key. Thread-safe; callers block.
 *
 * <p>Invariant: who gets an answer has a job that is in the log on all in-sync replicas, and whose key is its own. Who
 * gets a problem has no job, unless the problem says that nobody knows, and names it.
 */
public final class JobSubmitter {

    private final Admission admission;
    private final JobIds ids;
    private final JobLog log;
    private final KeyDecisions decisions;
    private final InstantSource clock;

    public JobSubmitter(Admission admission, JobIds ids, JobLog log, KeyDecisions decisions, InstantSource clock) {
        this.admission = admission;
        this.ids = ids;
        this.log = log;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * Submits a job.
     *
     * @throws ProblemException where its times are impossible, its type is unknown, its params are wrong, too many jobs
     *         wait, another job has its key, or Kafka or the registry is away
     */
    public SubmitResult submit(SubmitJob wanted) {
        return submit(wanted, Optional.empty());
    }

    /**
     * Submits a job on somebody's behalf.
     *
     * @throws ProblemException as {@link #submit(SubmitJob)} does
     */
    SubmitResult submit(SubmitJob wanted, Optional<Origin> origin) {
        // Avro keeps milliseconds; what is answered now must be what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        checkTiming(wanted.timing(), now);
        JobTypeDescriptor jobType = admission.admit(wanted);
        Submission submission = new Submission(jobType.type(), wanted.priority().orElse(jobType.defaultLane()),
                wanted.params(), wanted.tags(), PolicyOverrides.of(jobType.policy().with(wanted.policy())),
                wanted.terms(now), now, origin);
        JobId id = ids.draw(submission);
        if (submission.terms().isConditional()) {
            return pending(id, submission);
        }
        Fact.JobQueued command = Fact.JobQueued.first(submission);
        CommandPosition position = log.command(id, command);
        return new SubmitResult.Accepted(view(JobFold.apply(Job.unknown(id), command)), position);
    }

    private SubmitResult pending(JobId id, Submission submission) {
        Fact.JobScheduled command = new Fact.JobScheduled(submission);
        CommandPosition position = log.pending(id, command);
        Job scheduled = JobFold.apply(Job.unknown(id), command);
        if (!submission.terms().isKeyed()) {
            return new SubmitResult.Accepted(view(scheduled), position);
        }
        KeyDecisions.Decision decision = decisions.await(id, position)
                .orElseThrow(() -> ApiProblems.submissionUndecided(id));
        return switch (decision) {
            case KeyDecisions.Decision.Admitted() -> new SubmitResult.Accepted(view(admitted(scheduled)), position);
            case KeyDecisions.Decision.Repeated(JobId first) -> new SubmitResult.Repeated(first);
            case KeyDecisions.Decision.KeyReused(JobId first) -> throw ApiProblems.idempotencyKeyReused(first);
            case KeyDecisions.Decision.Duplicate(JobId first) -> throw ApiProblems.duplicateJob(first);
        };
    }

    /** With its admission a job is put into its lane, unless it has to wait for its time. */
    private static Job admitted(Job scheduled) {
        Submission submission = scheduled.submission().orElseThrow();
        return submission.terms().runAt().isPresent()
                ? scheduled
                : JobFold.apply(scheduled, Fact.JobQueued.first(submission));
    }

    private static JobView view(Job job) {
        return JobView.of(job).orElseThrow();
    }

    private static void checkTiming(Timing timing, Instant now) {
        List<FieldError> errors = timing.errors(now);
        if (!errors.isEmpty()) {
            throw ApiProblems.invalidRequest("Expected times that a job can keep, but they are impossible", errors);
        }
    }
}
