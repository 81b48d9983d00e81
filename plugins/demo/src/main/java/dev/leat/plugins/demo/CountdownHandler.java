package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.time.Duration;
import java.time.Instant;

/** Counts down; a cancellation ends the second in which it comes. */
final class CountdownHandler implements JobHandler<CountdownInput, CountdownResult> {

    private final Duration second;

    /** @param second how long a second lasts, which tests do not want to wait for */
    CountdownHandler(Duration second) {
        this.second = second;
    }

    @Override
    public JobOutcome<CountdownResult> run(CountdownInput input, JobContext context) throws InterruptedException {
        Instant start = context.clock().instant();
        for (int gone = 1; gone <= input.seconds(); gone++) {
            context.throwIfCancelled();
            Thread.sleep(second);
            context.progress(gone, input.seconds(), "%d s to go".formatted(input.seconds() - gone));
        }
        return JobOutcome.succeeded(
                new CountdownResult(Duration.between(start, context.clock().instant()).toMillis()));
    }
}
