package dev.leat.plugins.learn;

import dev.leat.plugin.JobContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes down what a handler reports. */
final class RecordingContext implements JobContext {

    static final UUID JOB = new UUID(0, 1);
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    record Report(int percent, String message) {}

    private final List<Report> reports = new ArrayList<>();
    private final int cancelledAfter;

    RecordingContext() {
        this(Integer.MAX_VALUE);
    }

    /** @param cancelledAfter as many reports */
    RecordingContext(int cancelledAfter) {
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
    public boolean isCancelled() {
        return reports.size() >= cancelledAfter;
    }

    @Override
    public InstantSource clock() {
        return () -> NOW;
    }
}
