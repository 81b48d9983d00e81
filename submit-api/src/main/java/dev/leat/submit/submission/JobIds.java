package dev.leat.submit.submission;

import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

import dev.leat.domain.JobId;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.runtime.kafka.PartitionOf;

/**
 * Draws ids for new jobs. Thread-safe.
 *
 * <p>Invariant: the id of a job with a key falls into the partition of its key, and so all jobs of a key into one. There
 * the order of the log decides between them.
 */
public final class JobIds {

    private final RandomGenerator random;
    private final IntSupplier partitions;

    /**
     * @param random thread-safe
     * @param partitions how many each topic has
     */
    public JobIds(RandomGenerator random, IntSupplier partitions) {
        this.random = random;
        this.partitions = partitions;
    }

    /** Draws an id whose time is when the job was submitted. */
    public JobId draw(Submission submission) {
        Terms terms = submission.terms();
        return terms.uniqueKey()
                .or(() -> terms.idempotency().map(Terms.Idempotency::key))
                .map(key -> besideKey(key, submission.submittedAt()))
                .orElseGet(() -> JobId.draw(submission.submittedAt(), random));
    }

    /** Takes as many draws as there are partitions, on average: below a millisecond at 100. */
    private JobId besideKey(String key, Instant now) {
        int count = partitions.getAsInt();
        int home = PartitionOf.key(key, count);
        JobId id = JobId.draw(now, random);
        while (PartitionOf.job(id, count) != home) {
            id = JobId.draw(now, random);
        }
        return id;
    }
}
