package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class JobPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final JobPolicy POLICY = new JobPolicy(3, Backoff.constant(SECOND), Duration.ofMinutes(1),
            Duration.ofHours(1));

    @Test
    void shouldRetryUntilAllTriesAreSpent() {
        assertThat(POLICY.retryAfter(Facts.JOB, 0)).contains(SECOND);
        assertThat(POLICY.retryAfter(Facts.JOB, 1)).contains(SECOND);
        assertThat(POLICY.retryAfter(Facts.JOB, 2)).isEmpty();
        assertThat(POLICY.retryAfter(Facts.JOB, Integer.MAX_VALUE - 1)).isEmpty();
    }

    @Test
    void shouldWaitAsTheBackoffSaysForTheTriesSpent() {
        Backoff backoff = new Backoff(SECOND, 2, Duration.ofHours(1), 0);
        JobPolicy policy = POLICY.with(new PolicyOverrides(Optional.of(10), Optional.of(backoff), Optional.empty(),
                Optional.empty()));

        assertThat(policy.retryAfter(Facts.JOB, 0)).contains(backoff.after(Facts.JOB, 1));
        assertThat(policy.retryAfter(Facts.JOB, 5)).contains(backoff.after(Facts.JOB, 6));
    }

    @Test
    void shouldTakeFromASubmissionWhatItSaysAndTheRestFromTheJobType() {
        JobPolicy other = new JobPolicy(7, Backoff.DEFAULT, SECOND, Duration.ZERO);

        assertThat(POLICY.with(PolicyOverrides.NONE)).isEqualTo(POLICY);
        assertThat(POLICY.with(PolicyOverrides.of(other))).isEqualTo(other);
        assertThat(POLICY.with(new PolicyOverrides(Optional.empty(), Optional.empty(), Optional.of(SECOND),
                Optional.empty())))
                .isEqualTo(new JobPolicy(3, POLICY.backoff(), SECOND, POLICY.retention()));
    }

    @Test
    void shouldTryThreeTimesWhereNobodySaysAnything() {
        assertThat(JobPolicy.DEFAULT.maxAttempts()).isEqualTo(3);
        assertThat(JobPolicy.DEFAULT.timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(JobPolicy.DEFAULT.retention()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void shouldRefuseWhatCannotBeKept() {
        assertThatThrownBy(() -> new JobPolicy(0, Backoff.DEFAULT, SECOND, SECOND))
                .hasMessageStartingWith("Expected from 1 to 100 attempts");
        assertThatThrownBy(() -> new JobPolicy(101, Backoff.DEFAULT, SECOND, SECOND))
                .hasMessageStartingWith("Expected from 1 to 100 attempts");
        assertThatThrownBy(() -> new JobPolicy(1, Backoff.DEFAULT, Duration.ZERO, SECOND))
                .hasMessageStartingWith("Expected a positive timeout");
        assertThatThrownBy(() -> new JobPolicy(1, Backoff.DEFAULT, SECOND, SECOND.negated()))
                .hasMessageStartingWith("Expected a retention");
        assertThatThrownBy(() -> new JobPolicy(1, Backoff.DEFAULT, SECOND,
                JobPolicy.LONGEST_RETENTION.plus(SECOND))).hasMessageStartingWith("Expected a retention");
    }
}
