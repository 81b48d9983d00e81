package dev.leat.testkit.guarantees;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.WorkerId;

/**
 * What the topics of a history do not tell. All times in nanoseconds are of one monotonic clock, as processes of one
 * machine share it.
 *
 * @param runs when handlers were in their code
 * @param sightings which states were seen of jobs, and when; those of one job in the order of time
 * @param forgettable the jobs that somebody asked to forget
 * @param policies those of job types that have other ones than {@link JobPolicy#DEFAULT}
 * @param due those due times of schedules, by the schedule's id, that have to have submitted a job
 * @param judgedAt when the final status was asked for; jobs whose retention had passed by then may be gone
 */
public record Observations(List<HandlerRun> runs, List<Sighting> sightings, Set<JobId> forgettable,
        Map<JobTypeName, JobPolicy> policies, Map<String, Set<Instant>> due, Instant judgedAt) {

    /** Nothing was observed. */
    public static final Observations NONE = new Observations(List.of(), List.of(), Set.of(), Map.of(), Instant.MIN);

    /** How long a job is kept that stands for a repeated request. */
    private static final Duration ANSWER_KEPT = Duration.ofMinutes(1);

    public Observations {
        runs = List.copyOf(runs);
        sightings = List.copyOf(sightings);
        forgettable = Set.copyOf(forgettable);
        policies = Map.copyOf(policies);
        due = Map.copyOf(due);
    }

    /** What was observed where nothing is known of schedules. */
    public Observations(List<HandlerRun> runs, List<Sighting> sightings, Set<JobId> forgettable,
            Map<JobTypeName, JobPolicy> policies, Instant judgedAt) {
        this(runs, sightings, forgettable, policies, Map.of(), judgedAt);
    }

    /**
     * A handler's stay in its code.
     *
     * @param stopNanos empty where it is not known when it ended, such as with its process; nothing is made of that
     */
    public record HandlerRun(JobId job, int attempt, ClaimId claim, WorkerId worker, long startNanos,
            OptionalLong stopNanos) {

        /** Whether it was still in its code when the other one began. */
        boolean wasGoingOnAt(long nanos) {
            return startNanos <= nanos && stopNanos.isPresent() && stopNanos.getAsLong() > nanos;
        }
    }

    /** Somebody was shown a job in this state. */
    public record Sighting(JobId job, JobState state, long nanos) {}

    /** The runs of each job. */
    Map<JobId, List<HandlerRun>> runsByJob() {
        Map<JobId, List<HandlerRun>> byJob = new LinkedHashMap<>();
        runs.forEach(run -> byJob.computeIfAbsent(run.job(), _ -> new ArrayList<>()).add(run));
        return byJob;
    }

    /** The policy of a job; the default one where its submission has not been seen. */
    JobPolicy policyOf(Job job) {
        JobPolicy ofType = job.submission()
                .map(submission -> policies.getOrDefault(submission.type(), JobPolicy.DEFAULT))
                .orElse(JobPolicy.DEFAULT);
        return ofType.with(job.submission().map(submission -> submission.policy()).orElse(PolicyOverrides.NONE));
    }

    private static boolean isAnswerToARepetition(Job job) {
        return job.outcome()
                .flatMap(Job.Outcome::error)
                .filter(error -> error.code().equals("repeated-request"))
                .isPresent();
    }

    /** Whether an instance may have deleted the job by the time when it was asked. */
    boolean mayBeForgotten(Job job) {
        Duration retention = isAnswerToARepetition(job) ? ANSWER_KEPT : policyOf(job).retention();
        return job.state().isTerminal() && (forgettable.contains(job.id()) || job.outcome()
                .map(outcome -> !outcome.finishedAt().plus(retention).isAfter(judgedAt))
                .orElse(false));
    }
}
