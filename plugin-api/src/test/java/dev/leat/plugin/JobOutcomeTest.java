package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobOutcomeTest {

    @Test
    void shouldSayWhetherAFailureIsRetried() {
        assertThat(JobOutcome.failed("no luck")).isEqualTo(failed(new JobOutcome.Retry.ByPolicy()));
        assertThat(JobOutcome.notRetryable("no luck")).isEqualTo(failed(new JobOutcome.Retry.Never()));
        assertThat(JobOutcome.retryAfter(Duration.ofMinutes(1), "no luck"))
                .isEqualTo(failed(new JobOutcome.Retry.After(Duration.ofMinutes(1))));
    }

    private static JobOutcome<Object> failed(JobOutcome.Retry retry) {
        return new JobOutcome.Failed<>("no luck", retry);
    }

    @Test
    void shouldRefuseFailureWithoutReason() {
        assertThatThrownBy(() -> JobOutcome.failed(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JobOutcome.notRetryable("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWaitsThatNobodyCanMean() {
        assertThatThrownBy(() -> JobOutcome.retryAfter(Duration.ofMillis(-1), "later"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 30 days, but got PT-0.001S");
        assertThatThrownBy(() -> JobOutcome.retryAfter(Duration.ofDays(31), "later"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JobOutcome.snooze(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from PT0.001S to 30 days, but got PT0S");
        assertThatThrownBy(() -> JobOutcome.snooze(Duration.ofDays(31))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, JobOutcome.Waiting.MOST_JOBS + 1})
    void shouldRefuseToWaitForNoneOrTooMany(int jobs) {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(jobs).toList();

        assertThatThrownBy(() -> JobOutcome.waitFor(ids)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected 1 to 100 jobs to wait for, but got %d", jobs);
    }

    @Test
    void shouldWaitForEachJobOnce() {
        UUID job = new UUID(0, 7);

        assertThat(JobOutcome.<NoResult>waitFor(List.of(job, job)))
                .isEqualTo(new JobOutcome.Waiting<NoResult>(Set.of(job)));
    }
}
