package dev.leat.projector.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.Operation;
import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.batch.MemberKey;
import dev.leat.projector.batch.MemberKey.Kind;
import dev.leat.schemas.Codecs;

/**
 * Reads batches and their operations from this instance's stores while the stream threads write them; whether a partition
 * is this instance's to answer for, the caller knows. Thread-safe.
 */
final class StoredBatches {

    private final KafkaStreams streams;
    private final Codecs codecs;
    private final Serving.Place place;

    StoredBatches(KafkaStreams streams, Codecs codecs, Serving.Place place) {
        this.streams = streams;
        this.codecs = codecs;
        this.place = place;
    }

    /** The batch as it is now. Problem 503 where the store cannot be read. */
    Optional<Batch> find(int partition, BatchId id) {
        Bytes key = Bytes.wrap(id.toString().getBytes(StandardCharsets.UTF_8));
        byte @Nullable [] value = ask(BatchTopology.BATCHES, partition, KeyQuery.<Bytes, byte[]>withKey(key));
        return value == null
                ? Optional.empty()
                : read(() -> codecs.batchStates().decode(changelog(BatchTopology.BATCHES), value));
    }

    /** A released operation. */
    Optional<BatchMember> member(int partition, BatchId id, int index) {
        Bytes key = new MemberKey(id, Kind.MEMBER, index).toBytes();
        try {
            byte @Nullable [] value = members(partition).get(key);
            return value == null ? Optional.empty() : member(value);
        } catch (StreamsException | IllegalStateException closing) {
            throw QueryProblems.inTransition("partition " + partition);
        }
    }

    /**
     * Walks through entries of a batch in the order of their numbers.
     *
     * @param read makes something of an entry's number and value; what is empty is passed over
     * @param most how many to collect
     */
    <T> List<T> walk(int partition, MemberKey from, BiFunction<Integer, byte[], Optional<T>> read, int most) {
        List<T> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = members(partition).range(from.toBytes(),
                MemberKey.lastOf(from.batch(), from.kind()).toBytes())) {
            while (found.size() < most && entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                read.apply(MemberKey.numberOf(entry.key), entry.value).ifPresent(found::add);
            }
            return found;
        } catch (StreamsException | IllegalStateException closing) {
            throw QueryProblems.inTransition("partition " + partition);
        }
    }

    /**
     * The store itself. A query takes the lock of the store's position and then that of the store, which a put takes in the
     * other order, so both would wait for ever. A cached store has a lock of its own around both, this one has no cache.
     */
    private ReadOnlyKeyValueStore<Bytes, byte[]> members(int partition) {
        return streams.store(StoreQueryParameters
                .fromNameAndType(BatchTopology.MEMBERS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition));
    }

    /** Reads the value of an entry of kind {@link Kind#MEMBER}. */
    Optional<BatchMember> member(byte[] value) {
        return read(() -> codecs.batchMembers().decode(changelog(BatchTopology.MEMBERS), value));
    }

    /** Reads the value of an entry of kind {@link Kind#OPERATION}. */
    Optional<Operation> operation(byte[] value) {
        return read(() -> codecs.batches().decode(place.topics().batches(), value))
                .filter(BatchEvent.Item.class::isInstance)
                .map(item -> ((BatchEvent.Item) item).operation());
    }

    private String changelog(String store) {
        return BatchTopology.changelog(place.applicationId(), store);
    }

    private static <T> Optional<T> read(Supplier<Optional<T>> decoding) {
        try {
            return decoding.get();
        } catch (RetriableException registryAway) {
            throw QueryProblems.unavailable("The schema registry is away.");
        }
    }

    private <R> @Nullable R ask(String store, int partition, Query<R> query) {
        StateQueryRequest<R> request = StateQueryRequest.inStore(store)
                .withQuery(query)
                .withPartitions(Set.of(partition));
        try {
            @Nullable
            QueryResult<R> result = streams.query(request).getPartitionResults().get(partition);
            if (result == null || result.isFailure()) {
                throw QueryProblems.inTransition("partition " + partition);
            }
            return result.getResult();
        } catch (StreamsException | IllegalStateException closing) {
            throw QueryProblems.inTransition("partition " + partition);
        }
    }
}
