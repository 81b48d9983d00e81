package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.time.Duration;

/** Waits, then says what it was told; a cancellation ends the wait. */
final class EchoHandler implements JobHandler<EchoInput, EchoResult> {

    private final Duration second;

    /** @param second how long a second lasts, which tests do not want to wait for */
    EchoHandler(Duration second) {
        this.second = second;
    }

    @Override
    public JobOutcome<EchoResult> run(EchoInput input, JobContext context) throws InterruptedException {
        context.progress(0, "waiting for %d s".formatted(input.delay()));
        Thread.sleep(second.multipliedBy(input.delay()));
        context.throwIfCancelled();
        return JobOutcome.succeeded(new EchoResult(input.message()));
    }
}
