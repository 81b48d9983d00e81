package dev.leat.plugin.test;

import dev.leat.domain.Checkpoint;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.LogLine;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.BatchForm;
import dev.leat.worker.plugin.EndedJobView;
import dev.leat.worker.plugin.RecordJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What a handler sees of its attempt under test; writes down all that it says. Thread-safe. */
final class AttemptRecorder implements JobContext {

    private static final int MAX_MESSAGE = 500;
    private static final int MAX_PARAMS_BYTES = 900_000;

    private final AttemptTerms terms;
    private final AttemptStop stop;
    private final RecordJson json;
    private final Transcript transcript = new Transcript();

    AttemptRecorder(AttemptTerms terms, AttemptStop stop, RecordJson json) {
        this.terms = terms;
        this.stop = stop;
        this.json = json;
    }

    /** What the handler says. */
    Transcript transcript() {
        return transcript;
    }

    /** Writes and reads what the handler leaves for others. */
    RecordJson json() {
        return json;
    }

    @Override
    public UUID jobId() {
        return terms.job().id();
    }

    @Override
    public int attempt() {
        return terms.job().attempt();
    }

    @Override
    public InstantSource clock() {
        return terms.clock();
    }

    @Override
    public PluginState state() {
        return terms.state();
    }

    @Override
    public boolean isCancelled() {
        return stop.isRaised();
    }

    @Override
    public void progress(int percent, String message) {
        if (percent < 0 || percent > 100) {
            throw refused(new IllegalArgumentException(
                    "Expected progress from 0 to 100 percent, but got " + percent));
        }
        int number = transcript.report(new ProgressReport(percent,
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE)));
        if (terms.cancellation() instanceof Cancellation.AfterReports(int reports) && number == reports) {
            stop.raise(AttemptEnd.CANCELLED);
        }
        terms.rendezvous().meet();
    }

    @Override
    public void progress(long done, long total, String message) {
        if (done < 0 || done > total) {
            throw refused(new IllegalArgumentException(
                    "Expected progress from 0 to a total of %d, but got %d".formatted(total, done)));
        }
        JobContext.super.progress(done, total, message);
    }

    @Override
    public void checkpoint(byte[] bytes) {
        transcript.leave(accepted(() -> Checkpoint.of(bytes)));
    }

    @Override
    public void checkpoint(Record state) {
        checkpoint(accepted(() -> json.write(state)));
    }

    @Override
    public Optional<byte[]> lastCheckpoint() {
        return terms.job().checkpoint().map(Checkpoint::bytes);
    }

    @Override
    public <C extends Record> Optional<C> lastCheckpoint(Class<C> type) {
        try {
            return lastCheckpoint().map(bytes -> json.read(bytes, type));
        } catch (IllegalArgumentException e) {
            warn("Starts over without the checkpoint of an earlier attempt. " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void log(LogLevel level, String message, Map<String, String> fields) {
        // Its time is not shown, and a look at the clock might move it.
        LogLine kept = new LogLine(Instant.EPOCH, LogLine.Level.valueOf(level.name()), message, fields);
        if (!kept.message().equals(message)) {
            transcript.lose("a message of %d characters is cut: %s".formatted(message.length(), kept.message()));
        }
        if (!kept.fields().equals(fields)) {
            transcript.lose("of the fields of '%s', some are cut or left out: %s".formatted(kept.message(),
                    fields.keySet()));
        }
        transcript.log(new LogEntry(level, kept.message(), kept.fields()));
    }

    @Override
    public UUID enqueue(JobRequest request) throws InterruptedException {
        Json params = accepted(() -> params(request));
        requireUninterrupted(request);
        UUID id = new JobId(jobId()).child(request.key()).value();
        transcript.enqueue(new EnqueuedJob(id, request, params));
        return id;
    }

    @Override
    public UUID enqueueBatch(BatchRequest request) throws InterruptedException {
        var _ = accepted(() -> written(request));
        requireUninterrupted(request);
        UUID id = BatchId.ofJob(new JobId(jobId()), request.key()).value();
        transcript.enqueue(new EnqueuedBatch(id, request));
        return id;
    }

    private BatchOrder.Content written(BatchRequest request) {
        BatchOrder.Content content = BatchForm.of(request, json);
        int size = content.toString().getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_PARAMS_BYTES) {
            throw new IllegalArgumentException("Expected %s to take at most %d bytes, but it takes %d"
                    .formatted(request, MAX_PARAMS_BYTES, size));
        }
        return content;
    }

    @Override
    public List<EndedJob> ended() {
        return terms.job().ended().stream().<EndedJob>map(end -> new EndedJobView(end, json)).toList();
    }

    private static void requireUninterrupted(Object request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(
                    "Expected Kafka to acknowledge %s, but the thread was interrupted".formatted(request));
        }
    }

    private Json params(JobRequest request) {
        byte[] params = json.write(request.params());
        if (params.length > MAX_PARAMS_BYTES) {
            throw new IllegalArgumentException("Expected %s to have params of at most %d bytes, but they have %d"
                    .formatted(request, MAX_PARAMS_BYTES, params.length));
        }
        return new Json(new String(params, StandardCharsets.UTF_8));
    }

    private <T> T accepted(Supplier<T> said) {
        try {
            return said.get();
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private IllegalArgumentException refused(IllegalArgumentException why) {
        transcript.refuse(String.valueOf(why.getMessage()));
        return why;
    }
}
