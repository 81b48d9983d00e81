package dev.leat.projector.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobState;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchMembers;
import dev.leat.domain.batch.Operation;
import dev.leat.projector.batch.MemberKey.Kind;
import dev.leat.projector.topology.RegistryPatience;
import dev.leat.schemas.Codec;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.UndecodableRecordException;

/**
 * The operations of the batches of one task: what was asked for, in the bytes in which it came, and what became of it.
 *
 * <p>Invariant: whatever has been released and has not ended has an entry that says so, and whatever has ended has one
 * that says where it stands in the order of completion, or that it has failed. For the task's stream thread.
 */
final class MemberStore {

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final String changelog;
    private final Codec<BatchMember> members;
    private final Codec<BatchEvent> events;
    private final String batches;
    private final RegistryPatience patience;

    MemberStore(KeyValueStore<Bytes, byte[]> store, String changelog, Codecs codecs, String batches,
            RegistryPatience patience) {
        this.store = store;
        this.changelog = changelog;
        this.members = codecs.batchMembers();
        this.events = codecs.batches();
        this.batches = batches;
        this.patience = patience;
    }

    /** @param raw the record of the batches topic */
    void saveOperation(BatchId batch, int index, byte[] raw) {
        store.put(new MemberKey(batch, Kind.OPERATION, index).toBytes(), raw);
    }

    void dropOperation(BatchId batch, int index) {
        store.delete(new MemberKey(batch, Kind.OPERATION, index).toBytes());
    }

    void save(BatchId batch, BatchMember member) {
        byte[] value = patience.until("write an operation of batch " + batch + " to its store",
                () -> members.encode(changelog, member));
        store.put(new MemberKey(batch, Kind.MEMBER, member.index()).toBytes(), value);
        Bytes open = new MemberKey(batch, Kind.OPEN, member.index()).toBytes();
        if (member.end().isEmpty()) {
            store.put(open, PRESENT);
        } else if (member.undo().isEmpty()) {
            store.delete(open);
            member.end().ifPresent(end -> saveEnd(batch, member.index(), end));
        }
    }

    private void saveEnd(BatchId batch, int index, BatchMember.End end) {
        end.sequence()
                .ifPresent(number -> store.put(new MemberKey(batch, Kind.COMPLETED, number).toBytes(),
                        MemberKey.value(index)));
        if (end.state() != JobState.COMPLETED) {
            store.put(new MemberKey(batch, Kind.FAILED, index).toBytes(), PRESENT);
        }
    }

    /** Deletes entries of a batch, so many at most; says whether there are none left. */
    boolean deleteSome(BatchId batch, int most) {
        List<Bytes> keys = new ArrayList<>();
        boolean all;
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(MemberKey.first(batch), MemberKey.last(batch))) {
            while (entries.hasNext() && keys.size() < most) {
                keys.add(entries.next().key);
            }
            all = !entries.hasNext();
        }
        keys.forEach(store::delete);
        return all;
    }

    /** Those of one batch. */
    BatchMembers of(BatchId batch) {
        return new OfBatch(batch);
    }

    private final class OfBatch implements BatchMembers {

        private final BatchId batch;

        OfBatch(BatchId batch) {
            this.batch = batch;
        }

        @Override
        public Optional<Operation> operation(int index) {
            byte @Nullable [] raw = store.get(new MemberKey(batch, Kind.OPERATION, index).toBytes());
            return raw == null ? Optional.empty() : read(raw);
        }

        private Optional<Operation> read(byte[] raw) {
            try {
                return patience.until("read an operation of batch " + batch, () -> events.decode(batches, raw))
                        .filter(BatchEvent.Item.class::isInstance)
                        .map(item -> ((BatchEvent.Item) item).operation());
            } catch (UndecodableRecordException unreadable) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<BatchMember> member(int index) {
            byte @Nullable [] value = store.get(new MemberKey(batch, Kind.MEMBER, index).toBytes());
            return value == null
                    ? Optional.empty()
                    : patience.until("read an operation of its store", () -> members.decode(changelog, value));
        }

        @Override
        public Optional<BatchMember> completed(int sequence) {
            byte @Nullable [] index = store.get(new MemberKey(batch, Kind.COMPLETED, sequence).toBytes());
            return index == null ? Optional.empty() : MemberKey.readValue(index).flatMap(this::member);
        }

        @Override
        public Optional<BatchMember> openFrom(int index) {
            try (KeyValueIterator<Bytes, byte[]> open = store.range(new MemberKey(batch, Kind.OPEN, index).toBytes(),
                    MemberKey.lastOf(batch, Kind.OPEN).toBytes())) {
                return open.hasNext() ? member(MemberKey.numberOf(open.next().key)) : Optional.empty();
            }
        }
    }
}
