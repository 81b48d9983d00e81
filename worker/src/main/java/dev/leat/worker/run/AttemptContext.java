package dev.leat.worker.run;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.leat.domain.Checkpoint;
import dev.leat.domain.LogLine;
import dev.leat.domain.Progress;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.EndedJobView;
import dev.leat.worker.plugin.RecordJson;
import dev.leat.worker.shared.Surroundings;

/** What a handler sees of its attempt. Thread-safe. */
record AttemptContext(ClaimedAttempt claimed, AttemptReports reports, Surroundings surroundings, InstantSource clock,
        BooleanSupplier stopped)
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
        reports.progress(new Progress(percent,
                message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE)));
    }

    @Override
    public void checkpoint(byte[] bytes) {
        reports.checkpoint(Checkpoint.of(bytes));
    }

    @Override
    public void checkpoint(Record state) {
        checkpoint(json().write(state));
    }

    @Override
    public Optional<byte[]> lastCheckpoint() {
        return claimed.checkpoint().map(Checkpoint::bytes);
    }

    @Override
    public <C extends Record> Optional<C> lastCheckpoint(Class<C> type) {
        try {
            return lastCheckpoint().map(bytes -> json().read(bytes, type));
        } catch (IllegalArgumentException e) {
            warn("Starts over without the checkpoint of an earlier attempt. " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void log(LogLevel level, String message, Map<String, String> fields) {
        reports.log(new LogLine(clock.instant(), level(level), message, fields));
    }

    private static LogLine.Level level(LogLevel level) {
        return switch (level) {
            case DEBUG -> LogLine.Level.DEBUG;
            case INFO -> LogLine.Level.INFO;
            case WARN -> LogLine.Level.WARN;
            case ERROR -> LogLine.Level.ERROR;
        };
    }

    @Override
    public List<EndedJob> ended() {
        return claimed.ended().stream().<EndedJob>map(end -> new EndedJobView(end, json())).toList();
    }

    private RecordJson json() {
        return claimed.work().json();
    }

    @Override
    public UUID enqueue(JobRequest request) throws InterruptedException {
        return surroundings.jobs().submit(claimed.job(), request, json()).value();
    }

    @Override
    public UUID enqueueBatch(BatchRequest request) throws InterruptedException {
        return surroundings.batches().order(claimed.job(), request, json()).value();
    }

    @Override
    public PluginState state() {
        return surroundings.states().of(claimed.type().plugin(), json());
    }

    @Override
    public boolean isCancelled() {
        return stopped.getAsBoolean();
    }
}
