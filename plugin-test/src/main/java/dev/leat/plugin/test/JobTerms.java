package dev.leat.plugin.test;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Checkpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.UUID;

/**
 * The job that an attempt is one of.
 *
 * @param attempt from 1 on
 * @param maxAttempts how many tries the job has
 * @param checkpoint what the attempts before have left last
 * @param ended the jobs that the attempt has waited for
 */
record JobTerms(UUID id, int attempt, int maxAttempts, Optional<Checkpoint> checkpoint,
        List<AwaitedJob> ended) {

    private static final UUID SOME_JOB = new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_0001L);

    JobTerms {
        ended = List.copyOf(ended);
        if (attempt < 1) {
            throw new IllegalArgumentException("Expected an attempt from 1 on, but got " + attempt);
        }
    }

    /** The first attempt of some job. */
    static JobTerms first(int maxAttempts) {
        return new JobTerms(SOME_JOB, 1, maxAttempts, Optional.empty(), List.of());
    }

    JobTerms withId(UUID other) {
        return new JobTerms(other, attempt, maxAttempts, checkpoint, ended);
    }

    JobTerms withAttempt(int number) {
        return new JobTerms(id, number, maxAttempts, checkpoint, ended);
    }

    JobTerms withCheckpoint(Checkpoint left) {
        return new JobTerms(id, attempt, maxAttempts, Optional.of(left), ended);
    }

    JobTerms withEnded(AwaitedJob another) {
        return new JobTerms(id, attempt, maxAttempts, checkpoint,
                Stream.concat(ended.stream(), Stream.of(another)).toList());
    }

    /** Whether there is a try left after this attempt, if all before it have spent one. */
    boolean hasTryLeft() {
        return attempt < maxAttempts;
    }
}
