package dev.leat.plugins.exec;

import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a handler reports. Thread-safe. */
final class RecordingContext implements JobContext {

    static final UUID JOB = new UUID(0, 1);

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    /** The lines of the log, each with its stream in front. */
    List<String> lines() {
        return lines;
    }

    List<String> messages() {
        return messages;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public UUID jobId() {
        return JOB;
    }

    @Override
    public int attempt() {
        return 2;
    }

    @Override
    public void progress(int percent, String message) {
        messages.add(message);
    }

    @Override
    public void log(LogLevel level, String message, Map<String, String> fields) {
        lines.add(fields.get("stream") + " " + message);
    }

    @Override
    public List<EndedJob> ended() {
        return List.of();
    }

    @Override
    public PluginState state() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkpoint(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkpoint(Record record) {
        throw new UnsupportedOperationException();
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
    public UUID enqueueBatch(BatchRequest request) {
        throw new UnsupportedOperationException("enqueueBatch");
    }

    @Override
    public UUID enqueue(JobRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }
}
