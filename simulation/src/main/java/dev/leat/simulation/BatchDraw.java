package dev.leat.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.simulation.world.World;

/** Draws batches: of all options, most of them stopped by somebody, some taken back, and a few given up halfway. */
final class BatchDraw {

    private static final int SUBMITTING = 8_000;
    private static final int MOST_OPERATIONS = 8;
    /** Apart from the ids of jobs, which begin at 0. */
    private static final int FIRST_JOB = 1_000;
    /** Of later attempts, so that nobody snoozes for ever. */
    private static final Behaviour LATER = new Behaviour(Behaviour.Ending.SUCCEED, World.millis(100), 0);

    private final JobTypeName type;
    private final SplittableRandom random;
    private int jobs = FIRST_JOB;

    BatchDraw(JobTypeName type, SplittableRandom random) {
        this.type = type;
        this.random = random;
    }

    List<PlannedBatch> batches() {
        List<PlannedBatch> batches = new ArrayList<>();
        int howMany = 1 + random.nextInt(2);
        for (int i = 0; i < howMany; i++) {
            batches.add(batch(i));
        }
        return batches;
    }

    private PlannedBatch batch(int number) {
        long at = World.millis(random.nextInt(SUBMITTING));
        List<PlannedJob> operations = new ArrayList<>();
        int howMany = 1 + random.nextInt(MOST_OPERATIONS);
        for (int i = 0; i < howMany; i++) {
            operations.add(job(at));
        }
        BatchOptions options = new BatchOptions(
                oneIn(2) ? BatchOptions.OnFailure.STOP : BatchOptions.OnFailure.CONTINUE,
                oneIn(3) ? Optional.empty() : Optional.of(1 + random.nextInt(3)));
        return new PlannedBatch(at, new BatchId(new UUID(0x7000L, 0x8000_0000_0000_0000L | number)), operations,
                options, random.nextInt(3), oneIn(2) ? Optional.of(job(at)) : Optional.empty(), oneIn(4, at),
                oneIn(3, at), oneIn(8));
    }

    private PlannedJob job(long at) {
        Instant time = World.BEGINNING.plusNanos(at);
        Terms terms = oneIn(6)
                ? new Terms(Optional.of(time.plusMillis(random.nextInt(3_000))), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty())
                : Terms.NONE;
        Backoff backoff = new Backoff(Duration.ofMillis(random.nextInt(800)), 2, Duration.ofSeconds(2), 0.2);
        PolicyOverrides policy = new PolicyOverrides(Optional.of(1 + random.nextInt(2)), Optional.of(backoff),
                Optional.of(Duration.ofMillis(1_000 + random.nextInt(4_000))), Optional.empty());
        Submission submission = new Submission(type, oneOf(Lane.values()), new Json("{}"), List.of(), policy, terms,
                time);
        Behaviour behaviour = new Behaviour(
                oneIn(6) ? oneOf(Behaviour.Ending.values()) : Behaviour.Ending.SUCCEED,
                World.millis(random.nextInt(oneIn(3) ? 4_000 : 600)), World.millis(random.nextInt(200)));
        JobId id = new JobId(new UUID(0x7000L,
                0x8000_0000_0000_0000L | ((long) jobs++ << 16) | random.nextInt(1 << 16)));
        return new PlannedJob(at, id, submission, List.of(behaviour, LATER), OptionalLong.empty(), OptionalLong.empty(),
                !oneIn(25));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private OptionalLong oneIn(int n, long after) {
        return oneIn(n) ? OptionalLong.of(after + World.millis(random.nextInt(12_000))) : OptionalLong.empty();
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
