package dev.leat.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * How a job is tried, and how long it is kept.
 *
 * @param maxAttempts how many tries may be spent, 1 to {@value #MOST_ATTEMPTS}
 * @param timeout how long one attempt may run, positive and at most 30 days
 * @param retention how long the job is kept when it has ended, at most 3650 days
 */
public record JobPolicy(int maxAttempts, Backoff backoff, Duration timeout, Duration retention) {

    public static final int MOST_ATTEMPTS = 100;

    public static final Duration LONGEST_TIMEOUT = Duration.ofDays(30);
    public static final Duration LONGEST_RETENTION = Duration.ofDays(3650);

    /** For job types that say nothing else. */
    public static final JobPolicy DEFAULT = new JobPolicy(3, Backoff.DEFAULT, Duration.ofMinutes(30),
            Duration.ofHours(24));

    public JobPolicy {
        if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "Expected from 1 to " + MOST_ATTEMPTS + " attempts, but got " + maxAttempts);
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "Expected a positive timeout of at most " + LONGEST_TIMEOUT + ", but got " + timeout);
        }
        if (retention.isNegative() || retention.compareTo(LONGEST_RETENTION) > 0) {
            throw new IllegalArgumentException(
                    "Expected a retention from 0 to " + LONGEST_RETENTION + ", but got " + retention);
        }
    }

    /** This policy, with what a submission says in its place. */
    public JobPolicy with(PolicyOverrides overrides) {
        return new JobPolicy(overrides.maxAttempts().orElse(maxAttempts), overrides.backoff().orElse(backoff),
                overrides.timeout().orElse(timeout), overrides.retention().orElse(retention));
    }

    /**
     * How long the next attempt waits when the current one has spent a try; empty where it was the last.
     *
     * @param spent the tries spent before the current one
     */
    public Optional<Duration> retryAfter(JobId job, int spent) {
        return spent + 1 < maxAttempts ? Optional.of(backoff.after(job, spent + 1)) : Optional.empty();
    }
}
