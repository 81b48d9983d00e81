package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.demo.RecordingContext.Report;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimeHandlerTest {

    private final PrimeHandler handler = new PrimeHandler();

    /** The counts are the published values of the prime-counting function. */
    @ParameterizedTest
    @CsvSource({"2,1", "3,2", "10,4", "100,25", "1000,168", "10000,1229", "100000,9592", "1000000,78498",
            "5000000,348513"})
    void shouldCountAsPublished(int limit, int count) throws Exception {
        assertThat(primes(limit).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4", "25", "99", "101", "997", "3001", "5041"})
    void shouldFindWhatTrialDivisionFinds(int limit) throws Exception {
        assertThat(primes(limit).primes()).isEqualTo(IntStream.rangeClosed(2, limit)
                .filter(number -> IntStream.range(2, number).noneMatch(divisor -> number % divisor == 0)).boxed()
                .toList());
    }

    @Test
    void shouldListTenThousandAtMost() throws Exception {
        PrimeResult result = primes(5_000_000);

        assertThat(result.primes()).hasSize(PrimeHandler.MAX_LISTED).startsWith(2, 3, 5, 7).isSorted()
                .endsWith(104_729).allMatch(prime -> BigInteger.valueOf(prime).isProbablePrime(20));
    }

    @Test
    void shouldReportEachPercentOnce() throws Exception {
        RecordingContext context = new RecordingContext();

        handler.run(new PrimeInput(100_000, 0), context);

        assertThat(context.reports()).extracting(Report::percent)
                .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(context.reports()).contains(new Report(40, "4203 prime numbers up to 40000"));
    }

    @Test
    void shouldTellHowLongItTook() throws Exception {
        // The clock moves a second with each look, and the handler looks at its start and its end.
        assertThat(primes(10)).isEqualTo(new PrimeResult(4, List.of(2, 3, 5, 7), 1000));
    }

    @Test
    void shouldBeWokenByCancellationInAPause() {
        RecordingContext context = cancelledAt(1, RecordingContext::cancel);

        assertThatThrownBy(() -> handler.run(new PrimeInput(1000, 10_000), context))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldLookForCancellationInEachStep() {
        RecordingContext context = cancelledAt(40, RecordingContext::cancelQuietly);

        assertThatThrownBy(() -> handler.run(new PrimeInput(1000, 0), context))
                .isInstanceOf(JobCancelledException.class);

        assertThat(context.reports()).hasSize(40);
    }

    private static RecordingContext cancelledAt(int percent, Consumer<RecordingContext> how) {
        return new RecordingContext(context -> {
            if (context.reports().getLast().percent() == percent) {
                how.accept(context);
            }
        });
    }

    private PrimeResult primes(int limit) throws Exception {
        return switch (handler.run(new PrimeInput(limit, 0), new RecordingContext())) {
            case JobOutcome.Succeeded<PrimeResult>(PrimeResult result) -> result;
            case JobOutcome<PrimeResult> other -> throw new AssertionError("Expected success, but got " + other);
        };
    }
}
