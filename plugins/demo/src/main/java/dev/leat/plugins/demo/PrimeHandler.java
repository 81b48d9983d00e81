package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sieves in a hundred steps, each of which can be seen and can be the last. */
final class PrimeHandler implements JobHandler<PrimeInput, PrimeResult> {

    /** The most primes in a result: about 75 kB of JSON. */
    static final int MAX_LISTED = 10_000;

    private static final int STEPS = 100;

    @Override
    public JobOutcome<PrimeResult> run(PrimeInput input, JobContext context) throws InterruptedException {
        Instant start = context.clock().instant();
        SegmentedSieve sieve = new SegmentedSieve(input.limit());
        List<Integer> listed = new ArrayList<>();
        int count = 0;
        int done = 1;
        for (int step = 1; step <= STEPS; step++) {
            context.throwIfCancelled();
            int last = (int) ((long) input.limit() * step / STEPS);
            if (last > done) {
                int[] found = sieve.primes(done + 1, last).toArray();
                count += found.length;
                list(found, listed);
                done = last;
            }
            context.progress(step, "%d prime numbers up to %d".formatted(count, last));
            Thread.sleep(input.pauseMillis());
        }
        return JobOutcome.succeeded(
                new PrimeResult(count, listed, Duration.between(start, context.clock().instant()).toMillis()));
    }

    private static void list(int[] found, List<Integer> listed) {
        for (int i = 0; i < found.length && listed.size() < MAX_LISTED; i++) {
            listed.add(found[i]);
        }
    }
}
