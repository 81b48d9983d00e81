package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.NoResult;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What no handler should do: it looks neither at interrupts nor at its context. */
final class HangHandler implements JobHandler<HangInput, NoResult> {

    @Override
    public JobOutcome<NoResult> run(HangInput input, JobContext context) {
        long end = System.nanoTime() + Duration.ofMillis(input.millis()).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            // An interrupt would keep the thread from parking ever again.
            var _ = Thread.interrupted();
            LockSupport.parkNanos(left);
        }
        return JobOutcome.succeeded();
    }
}
