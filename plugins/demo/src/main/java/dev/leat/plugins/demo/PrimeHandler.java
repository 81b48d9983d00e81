package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sieves in ten steps, each of which can be seen and can be the last. */
final class PrimeHandler implements JobHandler<PrimeInput, PrimeResult> {

    private static final int STEPS = 10;

    @Override
    public JobOutcome<PrimeResult> run(PrimeInput input, JobContext context) throws InterruptedException {
        Instant start = context.clock().instant();
        SegmentedSieve sieve = new SegmentedSieve(input.limit());
        List<Integer> primes = new ArrayList<>();
        int last = 1;
        for (int step = 1; step <= STEPS; step++) {
            context.throwIfCancelled();
            Thread.sleep(input.pauseMillis());
            int first = last + 1;
            last = input.limit() * step / STEPS;
            sieve.primes(first, last).forEach(primes::add);
            context.progress(step, STEPS, "%d prime numbers up to %d".formatted(primes.size(), last));
        }
        return JobOutcome.succeeded(new PrimeResult(primes.size(), primes,
                Duration.between(start, context.clock().instant()).toMillis()));
    }
}
