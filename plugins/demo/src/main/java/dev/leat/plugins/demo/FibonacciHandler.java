package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Adds up numbers ten by ten; between the tens it can be seen and can be stopped. */
final class FibonacciHandler implements JobHandler<FibonacciInput, FibonacciResult> {

    private static final int STEP = 10;

    @Override
    public JobOutcome<FibonacciResult> run(FibonacciInput input, JobContext context) throws InterruptedException {
        Instant start = context.clock().instant();
        List<String> numbers = new ArrayList<>();
        BigInteger number = BigInteger.ZERO;
        BigInteger next = BigInteger.ONE;
        while (numbers.size() < input.count()) {
            context.throwIfCancelled();
            Thread.sleep(input.pauseMillis());
            for (int end = Math.min(numbers.size() + STEP, input.count()); numbers.size() < end;) {
                numbers.add(number.toString());
                BigInteger sum = number.add(next);
                number = next;
                next = sum;
            }
            context.progress(numbers.size(), input.count(),
                    "%d of %d numbers".formatted(numbers.size(), input.count()));
        }
        return JobOutcome.succeeded(
                new FibonacciResult(numbers, Duration.between(start, context.clock().instant()).toMillis()));
    }
}
