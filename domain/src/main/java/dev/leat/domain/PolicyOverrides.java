package dev.leat.domain;

import java.time.Duration;
import java.util.Optional;

/** What a submission says of its {@link JobPolicy}; what is empty, the job type says. */
public record PolicyOverrides(Optional<Integer> maxAttempts, Optional<Backoff> backoff, Optional<Duration> timeout,
        Optional<Duration> retention) {

    public static final PolicyOverrides NONE = new PolicyOverrides(Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    /** All of a policy. */
    public static PolicyOverrides of(JobPolicy policy) {
        return new PolicyOverrides(Optional.of(policy.maxAttempts()), Optional.of(policy.backoff()),
                Optional.of(policy.timeout()), Optional.of(policy.retention()));
    }
}
