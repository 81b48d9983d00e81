package dev.leat.testkit.guarantees;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.testkit.guarantees.History.End;

/**
 * Each operation of a batch is released at most once, as the job that it was accepted as, and nothing of a batch that was
 * refused. Never are more of them released and not ended than the batch's concurrency.
 */
public final class BatchReleasesOnce implements Guarantee {

    private record Step(Instant at, int change) {}

    @Override
    public List<String> violations(History history) {
        List<String> violations = new ArrayList<>();
        List<RecordedBatch> batches = BatchRecords.of(history);
        Map<JobId, End> ends = batches.isEmpty() ? Map.of() : history.ends();
        batches.forEach(batch -> {
            Optional<BatchSpec> spec = batch.spec();
            if (spec.isEmpty() && !batch.commands().isEmpty()) {
                violations.add("Expected no job of batch " + batch.id() + ", as it was never opened, but got "
                        + batch.commands().getFirst().job());
            }
            spec.flatMap(BatchSpec::name)
                    .filter(history.batches().refused()::contains)
                    .ifPresent(name -> violations
                            .add("Expected nothing of batch " + name + ", as it was refused, but it was opened"));
            once(batch, violations);
            accepted(batch, violations);
            spec.flatMap(known -> known.options().concurrency())
                    .ifPresent(limit -> concurrency(batch, limit, ends, violations));
        });
        return violations;
    }

    private static void once(RecordedBatch batch, List<String> violations) {
        for (Origin.Kind kind : List.of(Origin.Kind.BATCH, Origin.Kind.COMPENSATION, Origin.Kind.SUMMARY)) {
            Map<Long, List<BatchCommand>> byIndex = new LinkedHashMap<>();
            batch.commands(kind)
                    .forEach(command -> byIndex.computeIfAbsent(command.origin().index(), _ -> new ArrayList<>())
                            .add(command));
            byIndex.forEach((index, commands) -> {
                if (commands.size() > 1) {
                    violations.add("Expected one job of batch " + batch.id() + " for " + kind + " " + index
                            + ", but it was submitted " + commands.size() + " times");
                }
            });
        }
    }

    private static void accepted(RecordedBatch batch, List<String> violations) {
        Map<Integer, Operation> operations = batch.operations();
        batch.commands(Origin.Kind.BATCH).forEach(command -> {
            int index = Math.toIntExact(command.origin().index());
            Optional<JobId> expected = Optional.ofNullable(operations.get(index)).map(Operation::job);
            if (expected.filter(command.job()::equals).isEmpty()) {
                violations.add("Expected operation " + index + " of batch " + batch.id() + " to be job " + expected
                        + ", but it was released as " + command.job());
            }
        });
    }

    private static void concurrency(RecordedBatch batch, int limit, Map<JobId, End> ends, List<String> violations) {
        List<Step> steps = new ArrayList<>();
        batch.commands(Origin.Kind.BATCH)
                .forEach(command -> command.written().ifPresent(released -> {
                    steps.add(new Step(released, 1));
                    Optional.ofNullable(ends.get(command.job()))
                            .flatMap(End::written)
                            .ifPresent(ended -> steps.add(new Step(ended, -1)));
                }));
        // What ends in the same millisecond makes room.
        steps.sort(Comparator.comparing(Step::at).thenComparingInt(Step::change));
        int open = 0;
        for (Step step : steps) {
            open += step.change();
            if (open > limit) {
                violations.add("Expected at most " + limit + " operations of batch " + batch.id()
                        + " to be on their way, but there were " + open + " at " + step.at());
                return;
            }
        }
    }
}
