package dev.leat.domain;

import java.time.Instant;
import java.util.List;

/** Facts about one job, made briefly for tests. */
final class Facts {

    static final JobId JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000001");
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final ClaimId CLAIM = new ClaimId("claim-1");
    static final ClaimId OTHER_CLAIM = new ClaimId("claim-2");

    private Facts() {}

    static Submission submission(Lane lane, String params) {
        return new Submission(JobTypeName.parse("demo:prime"), lane, new Json(params), List.of("nightly"), NOON);
    }

    static Fact.JobQueued queued() {
        return new Fact.JobQueued(1, submission(Lane.NORMAL, "{}"));
    }

    static Fact.AttemptStarted started(ClaimId claim) {
        return new Fact.AttemptStarted(1, claim, new WorkerId("worker-of-" + claim),
                new CommandPosition("leat.jobs.demo.normal", 0, 7), NOON.plusSeconds(1));
    }

    static Fact.AttemptProgressed progressed(ClaimId claim, long sequence, double percent) {
        return new Fact.AttemptProgressed(1, claim, sequence, new Progress(percent, "sieving"), NOON.plusSeconds(2));
    }

    static Fact.AttemptSucceeded succeeded(ClaimId claim) {
        return new Fact.AttemptSucceeded(1, claim, new Json("{\"count\":4}"), NOON.plusSeconds(3));
    }

    static Fact.AttemptFailed failed(ClaimId claim) {
        return new Fact.AttemptFailed(1, claim, JobError.of("handler-failed", "no"), NOON.plusSeconds(3));
    }

    static Fact.AttemptCancelled stopped(ClaimId claim) {
        return new Fact.AttemptCancelled(1, claim, NOON.plusSeconds(3));
    }

    static Fact.ClaimAbandoned abandoned(ClaimId claim) {
        return new Fact.ClaimAbandoned(1, claim, NOON.plusSeconds(2));
    }

    static Fact.JobRejected rejected() {
        return new Fact.JobRejected(JobError.of("invalid-params", "limit"), NOON.plusSeconds(1));
    }

    static Fact.JobCancelled cancelled() {
        return new Fact.JobCancelled(NOON.plusSeconds(2));
    }

    static Fact.CancelRequested cancelRequested() {
        return new Fact.CancelRequested(NOON.plusSeconds(1));
    }

    static Job fold(Fact... facts) {
        return fold(List.of(facts));
    }

    static Job fold(List<? extends Fact> facts) {
        Job job = Job.unknown(JOB);
        for (Fact fact : facts) {
            job = JobFold.apply(job, fact);
        }
        return job;
    }
}
