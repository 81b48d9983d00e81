package dev.leat.testkit.guarantees;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;

/** What the topics tell of one batch. */
record RecordedBatch(String id, List<BatchEvent> events, List<BatchCommand> commands, List<JobNotice> notices) {

    RecordedBatch {
        events = List.copyOf(events);
        commands = List.copyOf(commands);
        notices = List.copyOf(notices);
    }

    /** What was asked for; empty where the batch was never opened. */
    Optional<BatchSpec> spec() {
        return all(BatchEvent.Opened.class).findFirst().map(BatchEvent.Opened::spec);
    }

    Map<Integer, Operation> operations() {
        Map<Integer, Operation> operations = new HashMap<>();
        all(BatchEvent.Item.class)
                .forEach(item -> operations.putIfAbsent(item.operation().index(), item.operation()));
        return operations;
    }

    boolean isCancelled() {
        return all(BatchEvent.CancelRequested.class).findAny().isPresent();
    }

    boolean isTakenBack() {
        return all(BatchEvent.RollbackRequested.class).findAny().isPresent();
    }

    private <T extends BatchEvent> Stream<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    /** The first commands of jobs of this kind, as they were written; where one went to its lane in two steps, the first. */
    List<BatchCommand> commands(Origin.Kind kind) {
        Set<JobId> pending = new HashSet<>();
        commands.stream().filter(BatchCommand::pending).map(BatchCommand::job).forEach(pending::add);
        return commands.stream()
                .filter(command -> command.origin().kind() == kind)
                .filter(command -> command.pending() || !pending.contains(command.job()))
                .toList();
    }

    /** The indexes of the operations that have completed, the last one first, in the order in which the batch was told. */
    List<Integer> completedBackwards() {
        Set<Integer> completed = new LinkedHashSet<>();
        notices.stream()
                .filter(notice -> notice.origin().kind() == Origin.Kind.BATCH
                        && notice.state() == JobState.COMPLETED)
                .forEach(notice -> completed.add(Math.toIntExact(notice.origin().index())));
        List<Integer> backwards = new ArrayList<>(completed);
        Collections.reverse(backwards);
        return backwards;
    }
}
