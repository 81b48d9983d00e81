package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.time.Duration;
import java.time.Instant;

/** Sleeps; a cancellation wakes it by interrupting it. */
final class SleepHandler implements JobHandler<SleepInput, SleepResult> {

    @Override
    public JobOutcome<SleepResult> run(SleepInput input, JobContext context) throws InterruptedException {
        Instant start = context.clock().instant();
        long planned = 0;
        for (int step = 1; step <= input.steps(); step++) {
            context.throwIfCancelled();
            long until = (long) input.millis() * step / input.steps();
            Thread.sleep(until - planned);
            planned = until;
            context.progress(step, input.steps(), "slept %d of %d ms".formatted(until, input.millis()));
        }
        return JobOutcome.succeeded(new SleepResult(Duration.between(start, context.clock().instant()).toMillis()));
    }
}
