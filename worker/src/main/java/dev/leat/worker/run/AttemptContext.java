package dev.leat.worker.run;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.leat.domain.Progress;
import dev.leat.plugin.JobContext;

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
    public boolean isCancelled() {
        return stopped.getAsBoolean();
    }
}
