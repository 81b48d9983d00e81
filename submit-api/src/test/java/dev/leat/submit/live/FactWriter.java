package dev.leat.submit.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

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
import dev.leat.domain.Progress;
import dev.leat.domain.Request;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.submit.DemoPlugin;

/** Writes what a worker and a projector write about one job, each fact when the test says so. */
final class FactWriter {

    private static final AtomicLong SECONDS = new AtomicLong();

    private final DemoPlugin plugin;
    private final JobId job;
    private final JobTypeName type;
    private final List<String> tags;
    private long sequence;

    FactWriter(DemoPlugin plugin, JobId job, String type, String... tags) {
        this.plugin = plugin;
        this.job = job;
        this.type = JobTypeName.parse(type);
        this.tags = List.of(tags);
    }

    private static Instant tick() {
        return Instant.parse("2026-01-01T12:00:00Z").plusSeconds(SECONDS.incrementAndGet());
    }

    private FactWriter event(Fact fact) throws Exception {
        plugin.write(plugin.topics().events(), job.toString(),
                plugin.codecs().events().encode(plugin.topics().events(), fact));
        return this;
    }

    FactWriter queued(int attempt) throws Exception {
        String lane = plugin.topics().jobs(type.plugin(), Lane.NORMAL);
        Submission submission = Submission.plain(type, Lane.NORMAL, new Json("{\"limit\":100}"), tags, tick());
        plugin.write(lane, job.toString(), plugin.codecs().commands().encode(lane,
                new Fact.JobQueued(attempt, attempt - 1, submission)));
        return this;
    }

    FactWriter cancelWanted() throws Exception {
        Request request = new Fact.EndRequested(EndReason.CANCEL, tick());
        plugin.write(plugin.topics().control(), job.toString(),
                plugin.codecs().control().encode(plugin.topics().control(), request));
        return this;
    }

    FactWriter started(int attempt) throws Exception {
        return event(new Fact.AttemptStarted(attempt, claim(attempt), new WorkerId("mill-" + attempt),
                new CommandPosition("lane", 0, attempt), Optional.of(Duration.ofSeconds(1)), tick()));
    }

    private static ClaimId claim(int attempt) {
        return new ClaimId("claim-" + attempt);
    }

    FactWriter progressed(int attempt, double percent) throws Exception {
        return event(new Fact.AttemptProgressed(attempt, claim(attempt), ++sequence, new Progress(percent, "on"),
                tick()));
    }

    FactWriter logged(int attempt, String... lines) throws Exception {
        List<LogLine> written = List.of(lines)
                .stream()
                .map(line -> new LogLine(Instant.EPOCH, LogLine.Level.INFO, line, Map.of("by", "mill")))
                .toList();
        return event(new Fact.AttemptLogged(attempt, claim(attempt), ++sequence, written, tick()));
    }

    FactWriter failed(int attempt) throws Exception {
        return event(new Fact.AttemptFailed(attempt, claim(attempt), JobError.of("handler-failed", "ran dry"),
                Optional.of(Duration.ofSeconds(1)), tick()));
    }

    FactWriter lost(int attempt) throws Exception {
        return event(new Fact.LeaseExpired(attempt, claim(attempt), tick()));
    }

    FactWriter succeeded(int attempt, String result) throws Exception {
        return event(new Fact.AttemptSucceeded(attempt, claim(attempt), new Json(result), tick()));
    }

    FactWriter cancelled(int attempt) throws Exception {
        return event(new Fact.AttemptCancelled(attempt, claim(attempt), tick()));
    }
}
