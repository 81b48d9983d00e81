package dev.leat.submit.socket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.domain.live.Happening;
import dev.leat.submit.live.JobHappening;
import dev.leat.submit.live.LogPosition;

/** A job to which one thing happens after the other. */
final class TestJob {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ClaimId CLAIM = new ClaimId("claim-1");

    private final Supplier<LogPosition> positions;
    private Job job;
    private long sequence;

    /** @param positions where each happening stands in the log */
    TestJob(int number, Supplier<LogPosition> positions) {
        this.positions = positions;
        this.job = Job.unknown(JobId.parse("019aa3c1-7d52-7b3e-9c41-%012d".formatted(number)));
    }

    JobId id() {
        return job.id();
    }

    JobHappening created() {
        return happened(Happening.Kind.CREATED, Fact.JobQueued.first(Submission.plain(JobTypeName.parse("demo:prime"),
                Lane.NORMAL, new Json("{\"secret\":1}"), List.of("nightly"), NOON)));
    }

    JobHappening started() {
        return happened(Happening.Kind.STATUS, new Fact.AttemptStarted(1, CLAIM, new WorkerId("mill-1"),
                new CommandPosition("leat.jobs.demo.normal", 0, 1), Optional.empty(), NOON.plusSeconds(1)));
    }

    JobHappening progressed(double percent) {
        sequence++;
        return happened(Happening.Kind.PROGRESS, new Fact.AttemptProgressed(1, CLAIM, sequence,
                new Progress(percent, "so far"), NOON.plusSeconds(2)));
    }

    JobHappening cancelWanted() {
        return happened(Happening.Kind.STATUS, new Fact.EndRequested(EndReason.CANCEL, NOON.plusSeconds(3)));
    }

    JobHappening succeeded() {
        return happened(Happening.Kind.END, new Fact.AttemptSucceeded(1, CLAIM, new Json("{}"), NOON.plusSeconds(4)));
    }

    /** @param trace how the error shows where it was thrown */
    JobHappening failed(String trace) {
        return happened(Happening.Kind.END,
                new Fact.AttemptFailed(1, CLAIM, new JobError("handler-failed", "no", trace),
                        Optional.empty(), NOON.plusSeconds(4)));
    }

    private JobHappening happened(Happening.Kind kind, Fact fact) {
        job = JobFold.apply(job, fact);
        return new JobHappening(new Happening(kind, job, fact), positions.get());
    }
}
