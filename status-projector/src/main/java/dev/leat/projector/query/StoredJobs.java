package dev.leat.projector.query;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.Codec;
import dev.leat.schemas.Codecs;

/**
 * Reads jobs from this instance's store while the stream threads write it. Also a partition whose thread is in a
 * rebalance can be read; whether it is this instance's to answer for, the caller knows. Thread-safe.
 */
final class StoredJobs {

    private final KafkaStreams streams;
    private final Codecs codecs;
    private final String applicationId;

    StoredJobs(KafkaStreams streams, Codecs codecs, String applicationId) {
        this.streams = streams;
        this.codecs = codecs;
        this.applicationId = applicationId;
    }

    /** The job as it is now; empty where none of its facts has come. Problem 503 where the store cannot be read. */
    Optional<Job> find(int partition, JobId id) {
        return find(JobTopology.STORE, partition, id, codecs.jobs());
    }

    /** The job's log as it is now; empty where it has none. Problem 503 where the store cannot be read. */
    Optional<JobLog> findLog(int partition, JobId id) {
        return find(JobTopology.LOG_STORE, partition, id, codecs.logs());
    }

    private <T> Optional<T> find(String store, int partition, JobId id, Codec<T> codec) {
        Bytes key = Bytes.wrap(id.toString().getBytes(StandardCharsets.UTF_8));
        StateQueryRequest<byte[]> request = StateQueryRequest.inStore(store)
                .withQuery(KeyQuery.<Bytes, byte[]>withKey(key))
                .withPartitions(Set.of(partition));
        try {
            @Nullable
            QueryResult<byte[]> result = streams.query(request).getPartitionResults().get(partition);
            if (result == null || result.isFailure()) {
                throw QueryProblems.inTransition("partition " + partition);
            }
            byte @Nullable [] value = result.getResult();
            return value == null ? Optional.empty() : codec.decode(JobTopology.changelog(applicationId, store), value);
        } catch (StreamsException | IllegalStateException closing) {
            throw QueryProblems.inTransition("partition " + partition);
        } catch (RetriableException registryAway) {
            throw QueryProblems.unavailable("The schema registry is away.");
        }
    }
}
