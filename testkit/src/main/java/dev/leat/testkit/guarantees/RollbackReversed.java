package dev.leat.testkit.guarantees;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.Operation;
import dev.leat.testkit.guarantees.History.End;

/**
 * Where somebody wants a batch taken back, and only there, those of its completed operations that can be are taken back,
 * each by one job, the one that completed last first; each begins when the one before has ended, and the first when all
 * operations have.
 */
public final class RollbackReversed implements Guarantee {

    @Override
    public List<String> violations(History history) {
        List<RecordedBatch> batches = BatchRecords.of(history);
        Map<JobId, End> ends = batches.isEmpty() ? Map.of() : history.ends();
        List<String> violations = new ArrayList<>();
        batches.forEach(batch -> {
            List<BatchCommand> undone = batch.commands(Origin.Kind.COMPENSATION)
                    .stream()
                    .sorted(Comparator.comparing(RollbackReversed::written))
                    .toList();
            order(batch, undone).ifPresent(violations::add);
            oneAfterTheOther(batch, undone, ends).ifPresent(violations::add);
        });
        return violations;
    }

    private static Instant written(BatchCommand command) {
        return command.written().orElse(Instant.MIN);
    }

    private static Optional<String> order(RecordedBatch batch, List<BatchCommand> undone) {
        Map<Integer, Operation> operations = batch.operations();
        List<Integer> expected = batch.isTakenBack()
                ? batch.completedBackwards()
                        .stream()
                        .filter(index -> Optional.ofNullable(operations.get(index))
                                .flatMap(Operation::compensation)
                                .isPresent())
                        .toList()
                : List.of();
        List<Integer> actual = undone.stream().map(command -> Math.toIntExact(command.origin().index())).toList();
        return actual.equals(expected)
                ? Optional.empty()
                : Optional.of("Expected the operations " + expected + " of batch " + batch.id()
                        + " to be taken back in this order, but these were: " + actual);
    }

    private static Optional<String> oneAfterTheOther(RecordedBatch batch, List<BatchCommand> undone,
            Map<JobId, End> ends) {
        Instant before = batch.commands(Origin.Kind.BATCH)
                .stream()
                .flatMap(command -> end(command, ends).stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        for (BatchCommand command : undone) {
            if (command.written().filter(before::isAfter).isPresent()) {
                return Optional.of("Expected operation " + command.origin().index() + " of batch " + batch.id()
                        + " to be taken back when what was before it had ended at " + before + ", but it was at "
                        + written(command));
            }
            before = end(command, ends).orElse(before);
        }
        return Optional.empty();
    }

    private static Optional<Instant> end(BatchCommand command, Map<JobId, End> ends) {
        return Optional.ofNullable(ends.get(command.job())).flatMap(End::written);
    }
}
