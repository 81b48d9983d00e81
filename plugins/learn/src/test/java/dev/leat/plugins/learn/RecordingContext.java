package dev.leat.plugins.learn;

import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes down what a handler reports. */
final class RecordingContext implements JobContext {

    static final UUID JOB = new UUID(0, 1);
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    record Report(int percent, String message) {}

    private final List<Report> reports = new ArrayList<>();
    private final PluginState state;
    private final int cancelledAfter;

    RecordingContext(PluginState state) {
        this(state, Integer.MAX_VALUE);
    }

    /** @param cancelledAfter as many reports */
    RecordingContext(PluginState state, int cancelledAfter) {
        this.state = state;
        this.cancelledAfter = cancelledAfter;
    }

    List<Report> reports() {
        return reports;
    }

    @Override
    public UUID jobId() {
        return JOB;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(int percent, String message) {
        reports.add(new Report(percent, message));
    }

    @Override
    public List<EndedJob> ended() {
        return List.of();
    }

    @Override
    public PluginState state() {
        return state;
    }

    @Override
    public void log(LogLevel level, String message, Map<String, String> fields) {
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
        return reports.size() >= cancelledAfter;
    }

    @Override
    public InstantSource clock() {
        return () -> NOW;
    }
}
