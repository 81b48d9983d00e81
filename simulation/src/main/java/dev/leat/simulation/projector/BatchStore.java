package dev.leat.simulation.projector;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchMembers;
import dev.leat.domain.batch.Operation;

/** The batches that a task keeps. */
final class BatchStore {

    private static final class Members implements BatchMembers {

        private final Map<Integer, Operation> operations;
        private final NavigableMap<Integer, BatchMember> members;

        Members() {
            this(Map.of(), new TreeMap<>());
        }

        private Members(Map<Integer, Operation> operations, NavigableMap<Integer, BatchMember> members) {
            this.operations = new HashMap<>(operations);
            this.members = new TreeMap<>(members);
        }

        @Override
        public Optional<Operation> operation(int index) {
            return Optional.ofNullable(operations.get(index));
        }

        @Override
        public Optional<BatchMember> member(int index) {
            return Optional.ofNullable(members.get(index));
        }

        @Override
        public Optional<BatchMember> completed(int sequence) {
            return members.values()
                    .stream()
                    .filter(member -> member.end()
                            .flatMap(BatchMember.End::sequence)
                            .filter(own -> own == sequence)
                            .isPresent())
                    .findFirst();
        }

        @Override
        public Optional<BatchMember> openFrom(int index) {
            return members.tailMap(index).values().stream().filter(BatchMember::isOpen).findFirst();
        }
    }

    private final Map<BatchId, Batch> batches = new TreeMap<>();
    private final Map<BatchId, Members> members = new HashMap<>();

    BatchStore copy() {
        BatchStore copy = new BatchStore();
        copy.batches.putAll(batches);
        members.forEach((id, all) -> copy.members.put(id, new Members(all.operations, all.members)));
        return copy;
    }

    Optional<Batch> find(BatchId id) {
        return Optional.ofNullable(batches.get(id));
    }

    Collection<Batch> all() {
        return batches.values();
    }

    BatchMembers members(BatchId id) {
        return own(id);
    }

    private Members own(BatchId id) {
        return members.computeIfAbsent(id, _ -> new Members());
    }

    void save(Batch batch) {
        batches.put(batch.id(), batch);
    }

    void save(BatchId id, Operation operation) {
        own(id).operations.put(operation.index(), operation);
    }

    void save(BatchId id, BatchMember member) {
        own(id).members.put(member.index(), member);
    }

    void drop(BatchId id, int index) {
        own(id).operations.remove(index);
    }
}
