package dev.leat.plugins.exec;

import dev.leat.plugin.JobContext;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a handler reports. Thread-safe. */
final class RecordingContext implements JobContext {

    static final UUID JOB = new UUID(0, 1);

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

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
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }
}
