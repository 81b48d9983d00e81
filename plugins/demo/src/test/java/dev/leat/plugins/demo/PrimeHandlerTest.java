package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobType;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.SettableClock;
import dev.leat.plugin.test.TestedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimeHandlerTest {

    private final JobHandlerTester prime = JobHandlerTester
            .of(JobType.named("prime", PrimeInput.class, PrimeResult.class).handledBy(new PrimeHandler()))
            .clock(SettableClock.ticking(Instant.EPOCH, Duration.ofSeconds(1)));

    /** The counts are the published values of the prime-counting function. */
    @ParameterizedTest
    @CsvSource({"100,25", "1000,168", "10000,1229", "100000,9592"})
    void shouldListAsManyAsPublished(int limit, int count) {
        PrimeResult result = primes(limit);

        assertThat(result.count()).isEqualTo(count);
        assertThat(result.primes()).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"100", "101", "109", "121", "997", "3001", "5041"})
    void shouldFindWhatTrialDivisionFinds(int limit) {
        assertThat(primes(limit).primes()).isEqualTo(IntStream.rangeClosed(2, limit)
                .filter(number -> IntStream.range(2, number).noneMatch(divisor -> number % divisor == 0)).boxed()
                .toList());
    }

    @Test
    void shouldReportEveryTenPercent() {
        TestedAttempt attempt = prime.run(new PrimeInput(100_000, 0));

        assertThat(attempt.progress()).extracting(ProgressReport::percent)
                .containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
        assertThat(attempt.progress()).contains(new ProgressReport(40, "4203 prime numbers up to 40000"));
    }

    @Test
    void shouldTellHowLongItTook() {
        // The clock moves a second with each look, and the handler looks at its start and its end.
        assertThat(primes(100)).isEqualTo(new PrimeResult(25, List.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41,
                43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97), 1000));
    }

    private PrimeResult primes(int limit) {
        return prime.run(new PrimeInput(limit, 0)).result(PrimeResult.class);
    }
}
