package dev.leat.plugins.demo;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes down what a handler reports; its clock moves a second with each look at it. What no demo job does is not
 * supported. Thread-safe.
 */
public final class RecordingContext implements JobContext {

    public record Report(int percent, String message) {}

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final Consumer<RecordingContext> onProgress;
    private final int attempt;
    private final AtomicLong seconds = new AtomicLong();
    private volatile boolean cancelled;

    public RecordingContext() {
        this(context -> {});
    }

    /** @param onProgress called after each report, on the thread that reports */
    public RecordingContext(Consumer<RecordingContext> onProgress) {
        this(onProgress, 1);
    }

    private RecordingContext(Consumer<RecordingContext> onProgress, int attempt) {
        this.onProgress = onProgress;
        this.attempt = attempt;
    }

    /** The context of a later attempt. */
    public static RecordingContext ofAttempt(int attempt) {
        return new RecordingContext(_ -> {}, attempt);
    }

    public List<Report> reports() {
        return reports;
    }

    /** Cancels without an interrupt: the handler has to look. */
    public void cancelQuietly() {
        cancelled = true;
    }

    @Override
    public UUID jobId() {
        return new UUID(0, 1);
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void progress(int percent, String message) {
        reports.add(new Report(percent, message));
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
    public UUID enqueue(JobRequest request) {
        throw new UnsupportedOperationException("enqueue");
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
        return () -> Instant.ofEpochSecond(seconds.incrementAndGet());
    }
}
