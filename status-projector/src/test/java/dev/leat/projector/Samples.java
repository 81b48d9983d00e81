package dev.leat.projector;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.LogLine;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.WorkerId;

/** Facts as tests need them. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    public static final ClaimId CLAIM = new ClaimId("claim-1");
    public static final WorkerId WORKER = new WorkerId("worker-1");
    public static final Duration BACKOFF = Duration.ofSeconds(5);

    private static final Random RANDOM = new Random(42);

    private Samples() {}

    public static JobId id() {
        return JobId.draw(NOW, RANDOM);
    }

    public static Submission submission(String type, Instant submittedAt, String... tags) {
        return Submission.plain(JobTypeName.parse(type), Lane.NORMAL, new Json("{\"n\":1}"), List.of(tags),
                submittedAt);
    }

    public static Fact.JobQueued queued(String type, Instant submittedAt, String... tags) {
        return Fact.JobQueued.first(submission(type, submittedAt, tags));
    }

    public static Fact.JobQueued queued() {
        return queued("demo:prime", NOW);
    }

    public static Fact.JobScheduled scheduled(Terms terms) {
        return scheduled("demo:prime", terms, PolicyOverrides.NONE);
    }

    public static Fact.JobScheduled scheduled(String type, Terms terms, PolicyOverrides policy) {
        Submission plain = submission(type, NOW);
        return new Fact.JobScheduled(new Submission(plain.type(), plain.lane(), plain.params(), plain.tags(), policy,
                terms, plain.submittedAt()));
    }

    public static Terms runAt(Instant time) {
        return new Terms(Optional.of(time), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Terms unique(String key) {
        return new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key), Optional.empty());
    }

    public static Terms request(String key, String fingerprint) {
        return new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(new Terms.Idempotency(key, fingerprint)));
    }

    public static Terms limits(Optional<Instant> expiresAt, Optional<Instant> deadline) {
        return new Terms(Optional.empty(), expiresAt, deadline, Optional.empty(), Optional.empty());
    }

    public static PolicyOverrides retention(Duration retention) {
        return new PolicyOverrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(retention));
    }

    public static Fact.AttemptStarted started() {
        return started(1, CLAIM, WORKER);
    }

    public static Fact.AttemptStarted started(int attempt, ClaimId claim, WorkerId worker) {
        return started(attempt, claim, worker, new CommandPosition("t.jobs.demo.normal", 0, 7));
    }

    public static Fact.AttemptStarted started(int attempt, ClaimId claim, WorkerId worker, CommandPosition command) {
        return new Fact.AttemptStarted(attempt, claim, worker, command, Optional.of(BACKOFF), NOW.plusSeconds(1));
    }

    public static Fact.AttemptProgressed progressed(long sequence, double percent) {
        return new Fact.AttemptProgressed(1, CLAIM, sequence, new Progress(percent, "on it"), NOW.plusSeconds(2));
    }

    public static Fact.AttemptLogged logged(int attempt, ClaimId claim, long sequence, String... lines) {
        return new Fact.AttemptLogged(attempt, claim, sequence, Stream.of(lines)
                .map(line -> new LogLine(NOW.plusSeconds(2), LogLine.Level.WARN, line, Map.of("disk", "a")))
                .toList(), NOW.plusSeconds(2));
    }

    public static Fact.AttemptSucceeded succeeded() {
        return new Fact.AttemptSucceeded(1, CLAIM, new Json("{\"count\":168}"), NOW.plusSeconds(3));
    }

    public static Fact.AttemptFailed failed() {
        return failed(Optional.empty());
    }

    public static Fact.AttemptFailed failed(Optional<Duration> retryIn) {
        return new Fact.AttemptFailed(1, CLAIM, JobError.of("boom", "It broke"), retryIn, NOW.plusSeconds(3));
    }

    public static Fact.AttemptTimedOut timedOut() {
        return new Fact.AttemptTimedOut(1, CLAIM, JobError.of("timeout", "Too long"), Optional.empty(),
                NOW.plusSeconds(3));
    }

    public static Fact.AttemptCancelled attemptCancelled() {
        return new Fact.AttemptCancelled(1, CLAIM, NOW.plusSeconds(3));
    }

    public static Fact.ClaimAbandoned abandoned() {
        return new Fact.ClaimAbandoned(1, CLAIM, NOW.plusSeconds(3));
    }

    public static Fact.JobRejected rejected() {
        return new Fact.JobRejected(JobError.of("invalid-params", "limit is missing"), Optional.empty(),
                NOW.plusSeconds(1));
    }

    public static Fact.EndRequested cancelRequested() {
        return new Fact.EndRequested(EndReason.CANCEL, NOW.plusSeconds(2));
    }
}
