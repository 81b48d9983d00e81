package dev.leat.worker.run;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.leat.domain.Progress;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;

/** What a handler sees of its attempt. */
record AttemptContext(ClaimedAttempt claimed, ProgressReporter reporter, InstantSource clock, BooleanSupplier stopped)
        implements
            JobContext {

    private static final int MAX_MESSAGE = 500;

    @Override
    public UUID jobId() {
        return claimed.job().value();
    }

    @Override
    public int attempt() {
        return claimed.number();
    }

    @Override
    public void progress(int percent, String message) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("Expected progress from 0 to 100 percent, but got " + percent);
        }
        reporter.report(new Progress(percent,
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE)));
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
        return stopped.getAsBoolean();
    }
}
