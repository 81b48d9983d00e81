package dev.leat.projector.query;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;

import dev.leat.domain.JobId;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.projector.schedule.ScheduleTopology;
import dev.leat.domain.batch.BatchId;
import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.topology.JobTopology;
import dev.leat.runtime.kafka.PartitionOf;

/** Says which instances there are and which of them has a job or a batch, as of the group's last rebalance. Thread-safe. */
final class Ownership {

    private final KafkaStreams streams;
    private final Serving.Place place;

    Ownership(KafkaStreams streams, Serving.Place place) {
        this.streams = streams;
        this.place = place;
    }

    /** The instance that folds the job's facts; empty while nobody else is known to. */
    Optional<HostInfo> ownerOf(JobId id) {
        return ownerOf(JobTopology.STORE, id.toString());
    }

    /** The instance that has the schedule; empty while nobody else is known to. */
    Optional<HostInfo> ownerOf(ScheduleId id) {
        return ownerOf(ScheduleTopology.STORE, id.value());
    }

    /** The instance that sees to the batch; empty while nobody else is known to. */
    Optional<HostInfo> ownerOf(BatchId id) {
        return ownerOf(BatchTopology.BATCHES, id.toString());
    }

    /** The instance that folds the facts of all jobs of a partition; empty while nobody else is known to. */
    Optional<HostInfo> ownerOf(int partition) {
        return ownerOf(JobTopology.STORE, "", partition);
    }

    private Optional<HostInfo> ownerOf(String store, String key) {
        return ownerOf(store, key, PartitionOf.key(key, place.partitions()));
    }

    private Optional<HostInfo> ownerOf(String store, String key, int partition) {
        try {
            KeyQueryMetadata metadata = streams.queryMetadataForKey(store, key,
                    (_, _, _, _) -> Optional.of(Set.of(partition)));
            return metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                    ? Optional.empty()
                    : Optional.of(metadata.activeHost()).filter(host -> !host.equals(place.self()));
        } catch (StreamsException | IllegalStateException notRunning) {
            return Optional.empty();
        }
    }

    /** All instances but this one. */
    List<HostInfo> others() {
        try {
            return streams.metadataForAllStreamsClients()
                    .stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(place.self()) && !host.equals(HostInfo.unavailable()))
                    .distinct()
                    .toList();
        } catch (StreamsException | IllegalStateException notRunning) {
            return List.of();
        }
    }
}
