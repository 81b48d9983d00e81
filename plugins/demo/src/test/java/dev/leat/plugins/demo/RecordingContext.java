package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Writes down what a handler reports, on the handler's own thread; its clock moves a second with each look at it. */
final class RecordingContext implements JobContext {

    record Report(int percent, String message) {}

    private final List<Report> reports = new ArrayList<>();
    private final Consumer<RecordingContext> onProgress;
    private Instant now = Instant.EPOCH;
    private boolean cancelled;

    RecordingContext() {
        this(context -> {});
    }

    /** @param onProgress called after each report */
    RecordingContext(Consumer<RecordingContext> onProgress) {
        this.onProgress = onProgress;
    }

    List<Report> reports() {
        return reports;
    }

    /** Cancels the job as a worker does. */
    void cancel() {
        cancelled = true;
        Thread.currentThread().interrupt();
    }

    /** Cancels so late that nothing is interrupted: the handler has to look. */
    void cancelQuietly() {
        cancelled = true;
    }

    @Override
    public UUID jobId() {
        return new UUID(0, 1);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(int percent, String message) {
        reports.add(new Report(percent, message));
        onProgress.accept(this);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public InstantSource clock() {
        return () -> now = now.plusSeconds(1);
    }
}
