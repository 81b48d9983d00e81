package dev.leat.testkit.guarantees;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.BatchStatus;
import dev.leat.domain.batch.BatchView;
import dev.leat.domain.batch.OperationView;
import dev.leat.testkit.guarantees.History.End;

/**
 * Every batch ends, once faults have healed, with the true counts of how its operations ended, and leaves none out unless
 * it was stopped. Where a job is to get the summary, one does, after all operations have ended, and the counts in it are
 * true.
 */
public final class BatchSettles implements Guarantee {

    private static final Set<BatchStatus> BY_ITSELF = Set.of(BatchStatus.COMPLETED, BatchStatus.FAILED);

    @Override
    public List<String> violations(History history) {
        List<RecordedBatch> batches = BatchRecords.of(history);
        Map<JobId, End> ends = batches.isEmpty() ? Map.of() : history.ends();
        List<String> violations = new ArrayList<>();
        Set<String> opened = new HashSet<>();
        batches.forEach(batch -> batch.spec().ifPresent(spec -> {
            opened.add(batch.id());
            judge(history, batch, spec, ends).forEach(violations::add);
        }));
        history.batches().acknowledged().forEach(id -> {
            if (!opened.contains(id.toString())) {
                violations.add("Expected batch " + id + " on the topics, as it was acknowledged, but it is not");
            }
        });
        return violations;
    }

    private static List<String> judge(History history, RecordedBatch batch, BatchSpec spec, Map<JobId, End> ends) {
        List<String> violations = new ArrayList<>();
        List<BatchCommand> released = batch.commands(Origin.Kind.BATCH);
        List<End> ended = released.stream().flatMap(command -> end(command, ends).stream()).toList();
        if (ended.size() < released.size()) {
            violations.add("Expected all " + released.size() + " released operations of batch " + batch.id()
                    + " to end, but " + ended.size() + " have");
            return violations;
        }
        boolean failed = ended.stream()
                .anyMatch(end -> end.state() != JobState.COMPLETED && end.state() != JobState.CANCELLED);
        boolean halted = batch.isCancelled() || batch.isTakenBack()
                || (failed && spec.options().onFailure() == BatchOptions.OnFailure.STOP);
        if (!halted && released.size() != spec.total()) {
            violations.add("Expected all " + spec.total() + " operations of batch " + batch.id()
                    + " to be released, but " + released.size() + " were");
        }
        Map<String, Integer> states = states(spec, ended);
        history.batches()
                .shownOf(batch.id())
                .forEach((instance, view) -> shown(instance, batch, view, states).ifPresent(violations::add));
        spec.onCompletion().ifPresent(job -> summary(batch, job.id(), states, ends).ifPresent(violations::add));
        return violations;
    }

    private static Optional<End> end(BatchCommand command, Map<JobId, End> ends) {
        return Optional.ofNullable(ends.get(command.job()));
    }

    private static Map<String, Integer> states(BatchSpec spec, List<End> ended) {
        Map<String, Integer> states = new LinkedHashMap<>();
        Arrays.stream(JobState.values())
                .filter(JobState::isTerminal)
                .forEach(state -> states.put(state.wireName(),
                        (int) ended.stream().filter(end -> end.state() == state).count()));
        states.put(OperationView.SKIPPED, spec.total() - ended.size());
        return states;
    }

    private static Optional<String> shown(String instance, RecordedBatch batch, Optional<BatchView> view,
            Map<String, Integer> states) {
        if (view.isEmpty()) {
            return Optional.of("Expected " + instance + " to show batch " + batch.id() + ", but it does not know it");
        }
        Map<String, Integer> expected = new LinkedHashMap<>(states);
        expected.put(OperationView.WAITING, 0);
        expected.put(OperationView.RELEASED, 0);
        boolean finished = view.get().finishedAt().isPresent();
        boolean right = Objects.equals(view.get().states(), expected)
                && endings(batch, states).contains(view.get().status());
        return finished && right
                ? Optional.empty()
                : Optional.of("Expected " + instance + " to show batch " + batch.id() + " as ended with " + expected
                        + " and one of " + endings(batch, states) + ", but it shows " + view.get());
    }

    private static Set<String> endings(RecordedBatch batch, Map<String, Integer> states) {
        if (batch.isTakenBack()) {
            return names(Set.of(BatchStatus.ROLLED_BACK, BatchStatus.ROLLBACK_FAILED));
        }
        if (batch.isCancelled()) {
            Set<BatchStatus> either = new HashSet<>(BY_ITSELF);
            either.add(BatchStatus.CANCELLED);
            return names(either);
        }
        boolean all = states.entrySet()
                .stream()
                .allMatch(state -> state.getValue() == 0 || state.getKey().equals(JobState.COMPLETED.wireName()));
        return names(Set.of(all ? BatchStatus.COMPLETED : BatchStatus.FAILED));
    }

    private static Set<String> names(Set<BatchStatus> endings) {
        return endings.stream().map(BatchStatus::wireName).collect(Collectors.toSet());
    }

    private static Optional<String> summary(RecordedBatch batch, JobId job, Map<String, Integer> states,
            Map<JobId, End> ends) {
        List<BatchCommand> submitted = batch.commands(Origin.Kind.SUMMARY);
        if (submitted.isEmpty() || !submitted.getFirst().job().equals(job) || !ends.containsKey(job)) {
            return Optional
                    .of("Expected job " + job + " to get the summary of batch " + batch.id() + " and to end, but "
                            + submitted.stream().map(BatchCommand::job).toList() + " did");
        }
        String counts = states.entrySet()
                .stream()
                .map(state -> "\"" + state.getKey() + "\":" + state.getValue())
                .collect(Collectors.joining(",", "\"states\":{", "}"));
        return submitted.getFirst().submission().params().value().contains(counts)
                ? Optional.empty()
                : Optional.of("Expected the summary of batch " + batch.id() + " to say " + counts + ", but it says "
                        + submitted.getFirst().submission().params());
    }
}
