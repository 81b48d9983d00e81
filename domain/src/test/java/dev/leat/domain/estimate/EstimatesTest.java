package dev.leat.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Tally;

class EstimatesTest {

    private static final JobTypeName TYPE = JobTypeName.parse("demo:prime");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static RunTimes times(double... seconds) {
        RunTimes times = RunTimes.NONE;
        for (double one : seconds) {
            times = times.and(Duration.ofNanos((long) (one * 1e9)));
        }
        return times;
    }

    /** A batch of a hundred of which some have ended, two seconds each. */
    private static Batch batch(int ended, Optional<Batch.Halt> halt) {
        BatchSpec spec = new BatchSpec(Optional.empty(), 100, Map.of(TYPE, 100), BatchOptions.DEFAULT, Optional.empty(),
                START);
        Tally tally = new Tally(Map.of(JobState.COMPLETED, ended), Map.of(TYPE, 100 - ended),
                Duration.ofSeconds(2L * ended));
        return new Batch(BatchId.parse("01932d3a-7b4c-7000-8000-0000000000b1"), spec, true, Math.min(100, ended + 4),
                tally, halt, Optional.empty(), Optional.empty(), false, Optional.of(START), Optional.empty());
    }

    private static Function<JobTypeName, RunTimes> history(RunTimes times) {
        return type -> type.equals(TYPE) ? times : RunTimes.NONE;
    }

    @Test
    void shouldKnowMeanAndVarianceHoweverTheyAreAddedUp() {
        Random random = new Random(5);
        RunTimes one = RunTimes.NONE;
        RunTimes two = RunTimes.NONE;
        RunTimes all = RunTimes.NONE;
        for (int i = 0; i < 1_000; i++) {
            Duration ran = Duration.ofMillis(1_000_000 + random.nextInt(1_000));
            one = i % 3 == 0 ? one.and(ran) : one;
            two = i % 3 == 0 ? two : two.and(ran);
            all = all.and(ran);
        }

        RunTimes merged = one.and(two);
        assertThat(merged.count()).isEqualTo(1_000);
        assertThat(merged.mean()).isCloseTo(all.mean(), within(1e-9));
        assertThat(merged.variance()).isCloseTo(all.variance(), within(1e-6));
        assertThat(all.variance()).isBetween(0.07, 0.1);
    }

    @Test
    void shouldSayWhatIsLeftOfAJobWithItsErrorBars() {
        assertThat(Estimates.ofJob(times(9, 10, 11), Duration.ofSeconds(4)))
                .contains(new Estimate(6, 4.355, 7.645, 3));
    }

    @Test
    void shouldNotExpectLessThanNothing() {
        assertThat(Estimates.ofJob(times(1, 1), Duration.ofSeconds(4))).contains(new Estimate(0, 0, 0, 2));
    }

    @Test
    void shouldSayNothingWithoutHistory() {
        assertThat(Estimates.ofJob(RunTimes.NONE, Duration.ZERO)).isEmpty();
        assertThat(Estimates.ofBatch(batch(0, Optional.empty()), history(RunTimes.NONE), START)).isEmpty();
    }

    @Test
    void shouldExpectABatchToGoOnAsFastAsUpToNow() {
        // Twenty of two seconds each in ten seconds: four at a time. Eighty are left.
        Estimate estimate = Estimates
                .ofBatch(batch(20, Optional.empty()), history(times(2, 2, 2, 2)), START.plusSeconds(10))
                .orElseThrow();

        assertThat(estimate).isEqualTo(new Estimate(40, 40, 40, 4));
    }

    @Test
    void shouldBeTheSurerTheMoreIsKnown() {
        RunTimes few = times(1, 3);
        RunTimes many = few;
        for (int i = 0; i < 100; i++) {
            many = many.and(few);
        }
        Batch batch = batch(20, Optional.empty());

        Estimate vague = Estimates.ofBatch(batch, history(few), START.plusSeconds(10)).orElseThrow();
        Estimate sure = Estimates.ofBatch(batch, history(many), START.plusSeconds(10)).orElseThrow();

        assertThat(sure.seconds()).isEqualTo(vague.seconds()).isEqualTo(40);
        assertThat(sure.high() - sure.low()).isLessThan((vague.high() - vague.low()) / 3);
        assertThat(sure.low()).isBetween(30.0, 40.0);
    }

    @Test
    void shouldLeaveOutWhatIsSkipped() {
        Estimate estimate = Estimates
                .ofBatch(batch(20, Optional.of(Batch.Halt.CANCEL)), history(times(2, 2)), START.plusSeconds(10))
                .orElseThrow();

        assertThat(estimate.seconds()).isEqualTo(2);
    }
}
