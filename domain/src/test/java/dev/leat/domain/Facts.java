package dev.leat.domain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts about one job, made briefly for tests: of its first attempt where no number is given. */
public final class Facts {

    public static final JobId JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000001");
    public static final JobId OTHER_JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000002");
    public static final JobId THIRD_JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000003");
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final ClaimId CLAIM = new ClaimId("claim-1");
    public static final ClaimId OTHER_CLAIM = new ClaimId("claim-2");
    /** How long the next attempt waits, in every fact that says that there is one. */
    public static final Duration WAIT = Duration.ofSeconds(5);

    private static final JobError NO = JobError.of("handler-failed", "no");

    private Facts() {}

    public static Submission submission(Lane lane, String params) {
        return Submission.plain(JobTypeName.parse("demo:prime"), lane, new Json(params), List.of("nightly"), NOON);
    }

    /** A submission with conditions. */
    public static Submission submission(Terms terms) {
        Submission plain = submission(Lane.NORMAL, "{}");
        return new Submission(plain.type(), plain.lane(), plain.params(), plain.tags(), plain.policy(), terms,
                plain.submittedAt());
    }

    public static Fact.JobQueued queued() {
        return Fact.JobQueued.first(submission(Lane.NORMAL, "{}"));
    }

    public static Fact.JobQueued queued(int attempt) {
        return new Fact.JobQueued(attempt, attempt - 1, submission(Lane.NORMAL, "{}"));
    }

    public static Fact.JobScheduled scheduled() {
        return new Fact.JobScheduled(submission(Lane.NORMAL, "{\"limit\":3}"));
    }

    public static Fact.AttemptStarted started(ClaimId claim) {
        return started(claim, 1);
    }

    public static Fact.AttemptStarted started(ClaimId claim, int attempt) {
        return started(claim, attempt, Optional.of(WAIT));
    }

    public static Fact.AttemptStarted started(ClaimId claim, int attempt, Optional<Duration> retryIfLost) {
        return new Fact.AttemptStarted(attempt, claim, new WorkerId("worker-of-" + claim),
                new CommandPosition("leat.jobs.demo.normal", 0, 6 + attempt), retryIfLost, NOON.plusSeconds(1));
    }

    public static Fact.AttemptProgressed progressed(ClaimId claim, long sequence, double percent) {
        return progressed(claim, 1, sequence, percent);
    }

    public static Fact.AttemptProgressed progressed(ClaimId claim, int attempt, long sequence, double percent) {
        return new Fact.AttemptProgressed(attempt, claim, sequence, new Progress(percent, "sieving"),
                NOON.plusSeconds(2));
    }

    public static Fact.AttemptCheckpointed checkpointed(ClaimId claim, int attempt, long sequence, String data) {
        return new Fact.AttemptCheckpointed(attempt, claim, sequence, checkpoint(data), NOON.plusSeconds(2));
    }

    public static Checkpoint checkpoint(String data) {
        return Checkpoint.of(data.getBytes(StandardCharsets.UTF_8));
    }

    public static Fact.AttemptLogged logged(ClaimId claim, int attempt, long sequence, String... messages) {
        return new Fact.AttemptLogged(attempt, claim, sequence, Stream.of(messages)
                .map(message -> new LogLine(NOON, LogLine.Level.INFO, message, Map.of())).toList(), NOON);
    }

    public static Fact.AttemptSucceeded succeeded(ClaimId claim) {
        return succeeded(claim, 1);
    }

    public static Fact.AttemptSucceeded succeeded(ClaimId claim, int attempt) {
        return new Fact.AttemptSucceeded(attempt, claim, new Json("{\"count\":4}"), NOON.plusSeconds(3));
    }

    /** The last try failed. */
    public static Fact.AttemptFailed failed(ClaimId claim) {
        return failed(claim, 1, Optional.empty());
    }

    /** A try failed, and there is another one. */
    public static Fact.AttemptFailed failedOnce(ClaimId claim, int attempt) {
        return failed(claim, attempt, Optional.of(WAIT));
    }

    public static Fact.AttemptFailed failed(ClaimId claim, int attempt, Optional<Duration> retryIn) {
        return new Fact.AttemptFailed(attempt, claim, NO, retryIn, NOON.plusSeconds(3));
    }

    public static Fact.AttemptTimedOut timedOut(ClaimId claim, int attempt, Optional<Duration> retryIn) {
        return new Fact.AttemptTimedOut(attempt, claim, JobError.of("timed-out", "slow"), retryIn,
                NOON.plusSeconds(3));
    }

    public static Fact.AttemptSnoozed snoozed(ClaimId claim, int attempt) {
        return new Fact.AttemptSnoozed(attempt, claim, WAIT, NOON.plusSeconds(3));
    }

    public static Fact.AttemptWaiting waiting(ClaimId claim, int attempt, JobId... jobs) {
        return new Fact.AttemptWaiting(attempt, claim, List.of(jobs), NOON.plusSeconds(3));
    }

    public static Fact.JobWatched watched(JobId watcher, int attempt) {
        return new Fact.JobWatched(new Waits.Watcher(watcher, attempt), NOON.plusSeconds(4));
    }

    /** A job has completed for which this one's attempt waits. */
    public static Fact.AwaitedEnded awaitedEnded(int attempt, JobId job) {
        return awaitedEnded(attempt, job, "{\"count\":4}");
    }

    public static Fact.AwaitedEnded awaitedEnded(int attempt, JobId job, String result) {
        return new Fact.AwaitedEnded(attempt, new AwaitedJob(job, Optional.of(JobState.COMPLETED),
                Optional.of(new Json(result)), Optional.empty()), NOON.plusSeconds(5));
    }

    public static Fact.AttemptReleased released(ClaimId claim, int attempt) {
        return new Fact.AttemptReleased(attempt, claim, JobError.of("worker-stops", "bye"), NOON.plusSeconds(3));
    }

    public static Fact.AttemptCancelled stopped(ClaimId claim) {
        return stopped(claim, 1);
    }

    public static Fact.AttemptCancelled stopped(ClaimId claim, int attempt) {
        return new Fact.AttemptCancelled(attempt, claim, NOON.plusSeconds(3));
    }

    public static Fact.ClaimAbandoned abandoned(ClaimId claim) {
        return abandoned(claim, 1);
    }

    public static Fact.ClaimAbandoned abandoned(ClaimId claim, int attempt) {
        return new Fact.ClaimAbandoned(attempt, claim, NOON.plusSeconds(2));
    }

    public static Fact.ClaimDoubted doubted(ClaimId claim) {
        return doubted(claim, 1);
    }

    public static Fact.ClaimDoubted doubted(ClaimId claim, int attempt) {
        return new Fact.ClaimDoubted(attempt, claim, NOON.plusSeconds(12));
    }

    public static Fact.LeaseExpired leaseExpired(ClaimId claim) {
        return leaseExpired(claim, 1);
    }

    public static Fact.LeaseExpired leaseExpired(ClaimId claim, int attempt) {
        return new Fact.LeaseExpired(attempt, claim, NOON.plusSeconds(12));
    }

    public static Fact.JobAdmitted admitted() {
        return new Fact.JobAdmitted(NOON.plusSeconds(1));
    }

    public static Fact.JobRejected rejected() {
        return new Fact.JobRejected(JobError.of("invalid-params", "limit"), Optional.empty(), NOON.plusSeconds(1));
    }

    public static Fact.JobCancelled cancelled() {
        return new Fact.JobCancelled(NOON.plusSeconds(2));
    }

    public static Fact.JobExpired expired() {
        return new Fact.JobExpired(NOON.plusSeconds(2));
    }

    public static Fact.JobTimedOut timedOut() {
        return new Fact.JobTimedOut(NOON.plusSeconds(2));
    }

    public static Fact.EndRequested wanted(EndReason reason) {
        return new Fact.EndRequested(reason, NOON.plusSeconds(1));
    }

    public static Job fold(Fact... facts) {
        return fold(List.of(facts));
    }

    public static Job fold(List<? extends Fact> facts) {
        return fold(Job.unknown(JOB), facts);
    }

    public static Job fold(Job job, List<? extends Fact> facts) {
        Job folded = job;
        for (Fact fact : facts) {
            folded = JobFold.apply(folded, fact);
        }
        return folded;
    }
}
