package dev.leat.plugin;

import java.time.Duration;

/**
 * How the jobs of a type are tried, and how long they are kept. A submission may say otherwise for its job. Plugins set
 * it by the methods of {@link JobType.Draft}.
 *
 * @param maxAttempts how many attempts may fail, time out or be lost with their worker before the job has failed; 1 to
 *     {@value #MOST_ATTEMPTS}
 * @param backoff how long the job waits in between
 * @param timeout how long one attempt may run, from 1 ms to 30 days
 * @param retention how long a job is kept when it has ended, from 0 to 3650 days
 */
public record JobPolicy(int maxAttempts, Backoff backoff, Duration timeout, Duration retention) {

    /** The most attempts that can be asked for. */
    public static final int MOST_ATTEMPTS = 100;

    /** Three attempts with {@link Backoff#DEFAULT} in between, of 30 minutes at most; kept for 24 hours. */
    public static final JobPolicy DEFAULT = new JobPolicy(3, Backoff.DEFAULT, Duration.ofMinutes(30),
            Duration.ofHours(24));

    private static final int LONGEST_TIMEOUT_DAYS = 30;
    private static final int LONGEST_RETENTION_DAYS = 3650;

    /** @throws IllegalArgumentException if something is out of its range */
    public JobPolicy {
        if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "Expected from 1 to %d attempts, but got %d".formatted(MOST_ATTEMPTS, maxAttempts));
        }
        Delays.require("a timeout", timeout, Duration.ofMillis(1), LONGEST_TIMEOUT_DAYS);
        Delays.require("a retention", retention, Duration.ZERO, LONGEST_RETENTION_DAYS);
    }
}
