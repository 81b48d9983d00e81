package dev.leat.plugins.site;

import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Writes down what a handler reports; its clock shows one time. Thread-safe. */
final class RecordingContext implements JobContext {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Integer> percents = new CopyOnWriteArrayList<>();
    private final UUID job;
    private final Instant now;
    private final Consumer<RecordingContext> onProgress;
    private volatile boolean cancelled;

    RecordingContext(UUID job, Instant now, Consumer<RecordingContext> onProgress) {
        this.job = job;
        this.now = now;
        this.onProgress = onProgress;
    }

    /** The next attempt of a job. */
    static RecordingContext of(UUID job) {
        return new RecordingContext(job, Instant.now(), _ -> {});
    }

    /** The first attempt of a new job. */
    static RecordingContext ofNewJob() {
        return of(UUID.randomUUID());
    }

    List<String> messages() {
        return messages;
    }

    List<Integer> percents() {
        return percents;
    }

    /** Cancels without an interrupt: the handler has to look. */
    void cancelQuietly() {
        cancelled = true;
    }

    @Override
    public UUID jobId() {
        return job;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(int percent, String message) {
        percents.add(percent);
        messages.add(message);
        onProgress.accept(this);
    }

    @Override
    public void checkpoint(byte[] bytes) {
        throw new UnsupportedOperationException("checkpoint");
    }

    @Override
    public void checkpoint(Record state) {
        throw new UnsupportedOperationException("checkpoint");
    }

    @Override
    public Optional<byte[]> lastCheckpoint() {
        return Optional.empty();
    }

    @Override
    public <C extends Record> Optional<C> lastCheckpoint(Class<C> type) {
        return Optional.empty();
    }

    @Override
    public void log(LogLevel level, String message, Map<String, String> fields) {
        throw new UnsupportedOperationException("log");
    }

    @Override
    public UUID enqueueBatch(BatchRequest request) {
        throw new UnsupportedOperationException("enqueueBatch");
    }

    @Override
    public UUID enqueue(JobRequest request) {
        throw new UnsupportedOperationException("enqueue");
    }

    @Override
    public List<EndedJob> ended() {
        return List.of();
    }

    @Override
    public PluginState state() {
        throw new UnsupportedOperationException("state");
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(now);
    }
}
