package dev.leat.projector;

import java.time.Instant;
import java.util.List;
import java.util.Random;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;

/** Facts as tests need them. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    public static final ClaimId CLAIM = new ClaimId("claim-1");

    private static final Random RANDOM = new Random(42);

    private Samples() {}

    public static JobId id() {
        return JobId.draw(NOW, RANDOM);
    }

    public static Fact.JobQueued queued(String type, Instant submittedAt, String... tags) {
        return new Fact.JobQueued(1, new Submission(JobTypeName.parse(type), Lane.NORMAL, new Json("{\"n\":1}"),
                List.of(tags), submittedAt));
    }

    public static Fact.JobQueued queued() {
        return queued("demo:prime", NOW);
    }

    public static Fact.AttemptStarted started() {
        return new Fact.AttemptStarted(1, CLAIM, new WorkerId("worker-1"),
                new CommandPosition("t.jobs.demo.normal", 0, 7), NOW.plusSeconds(1));
    }

    public static Fact.AttemptProgressed progressed(long sequence, double percent) {
        return new Fact.AttemptProgressed(1, CLAIM, sequence, new Progress(percent, "on it"), NOW.plusSeconds(2));
    }

    public static Fact.AttemptSucceeded succeeded() {
        return new Fact.AttemptSucceeded(1, CLAIM, new Json("{\"count\":168}"), NOW.plusSeconds(3));
    }

    public static Fact.AttemptFailed failed() {
        return new Fact.AttemptFailed(1, CLAIM, JobError.of("boom", "It broke"), NOW.plusSeconds(3));
    }

    public static Fact.AttemptCancelled attemptCancelled() {
        return new Fact.AttemptCancelled(1, CLAIM, NOW.plusSeconds(3));
    }

    public static Fact.ClaimAbandoned abandoned() {
        return new Fact.ClaimAbandoned(1, CLAIM, NOW.plusSeconds(3));
    }

    public static Fact.JobRejected rejected() {
        return new Fact.JobRejected(JobError.of("invalid-params", "limit is missing"), NOW.plusSeconds(1));
    }

    public static Fact.CancelRequested cancelRequested() {
        return new Fact.CancelRequested(NOW.plusSeconds(2));
    }
}
