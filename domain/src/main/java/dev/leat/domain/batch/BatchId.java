package dev.leat.domain.batch;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

import dev.leat.domain.JobId;

/** Names one batch for ever: a UUID as those of jobs are, so that ids drawn later come later. */
public record BatchId(UUID value) implements Comparable<BatchId> {

    /** Draws an id whose time is {@code now}. */
    public static BatchId draw(Instant now, RandomGenerator random) {
        return new BatchId(JobId.draw(now, random).value());
    }

    /**
     * The id of a batch that a job's handler asks for, one in time with the job's own.
     *
     * @param key tells it from the others that this job asks for
     */
    public static BatchId ofJob(JobId parent, String key) {
        return new BatchId(
                JobId.derived(parent.drawnAt().orElse(Instant.EPOCH), "child-batch", parent.toString(), key).value());
    }

    /**
     * Reads the canonical form, 36 characters in lower case: any other spelling would be another key of Kafka.
     *
     * @throws IllegalArgumentException saying what was expected and what came
     */
    public static BatchId parse(String text) {
        try {
            return new BatchId(JobId.parse(text).value());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    String.valueOf(wrong.getMessage()).replace("a job id", "the id of a batch"), wrong);
        }
    }

    /** Orders as the text does. */
    @Override
    public int compareTo(BatchId other) {
        return new JobId(value).compareTo(new JobId(other.value));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
