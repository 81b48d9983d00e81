package dev.leat.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.simulation.world.World;

/**
 * A batch that is going to be submitted.
 *
 * @param at when, in nanoseconds, as are the other times
 * @param operations the jobs of its operations; those that are never cancelled or forgotten one by one
 * @param compensable of every so many operations one can be taken back; 0 for none
 * @param onCompletion the job that gets the summary
 * @param cancelAt when somebody cancels it
 * @param rollbackAt when somebody wants it taken back
 * @param givenUp whether whoever submits it is gone halfway
 */
public record PlannedBatch(long at, BatchId id, List<PlannedJob> operations, BatchOptions options, int compensable,
        Optional<PlannedJob> onCompletion, OptionalLong cancelAt, OptionalLong rollbackAt, boolean givenUp) {

    public PlannedBatch {
        operations = List.copyOf(operations);
    }

    /** Its name, so that a batch that was given up can be told by it. */
    String name() {
        return "batch-" + id;
    }

    /** Its jobs that are known before it runs. */
    Stream<PlannedJob> jobs() {
        return Stream.concat(operations.stream(), onCompletion.stream());
    }

    /** What its submitter writes. */
    List<BatchEvent> events() {
        PlannedJob first = operations.getFirst();
        BatchSpec spec = new BatchSpec(Optional.of(name()), operations.size(),
                Map.of(first.submission().type(), operations.size()), options,
                onCompletion.map(job -> new BatchSpec.SummaryJob(job.id(), job.submission())), time());
        return Stream.<BatchEvent>concat(Stream.of(new BatchEvent.Opened(spec)),
                IntStream.range(0, operations.size()).mapToObj(index -> new BatchEvent.Item(operation(index))))
                .toList();
    }

    private Operation operation(int index) {
        PlannedJob job = operations.get(index);
        Optional<Operation.Compensation> compensation = compensable > 0 && index % compensable == 0
                ? Optional.of(new Operation.Compensation(job.submission().type(), Lane.NORMAL, PolicyOverrides.NONE))
                : Optional.empty();
        return new Operation(index, job.id(),
                job.submission().of(new Origin(Origin.Kind.BATCH, id.toString(), index)), compensation);
    }

    private Instant time() {
        return World.BEGINNING.plusNanos(at);
    }
}
