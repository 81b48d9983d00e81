package dev.leat.projector.query;

import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.state.HostInfo;

import dev.leat.domain.Job;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.index.PartitionView;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** A running instance as questions see it: its own jobs, and who has the others. Thread-safe. */
public final class Serving {

    private final KafkaStreams streams;
    private final OwnedPartitions owned;
    private final LocalJobs jobs;
    private final Ownership ownership;

    /**
     * Which instance of which application this is.
     *
     * @param partitions how many partitions every topic has
     */
    public record Place(Topics topics, String applicationId, HostInfo self, int partitions) {}

    private Serving(KafkaStreams streams, OwnedPartitions owned, LocalJobs jobs, Ownership ownership) {
        this.streams = streams;
        this.owned = owned;
        this.jobs = jobs;
        this.ownership = ownership;
    }

    public static Serving of(KafkaStreams streams, Codecs codecs, OwnedPartitions owned, FoldSignals signals,
            Place place) {
        StoredJobs stored = new StoredJobs(streams, codecs, place.applicationId());
        return new Serving(streams, owned, new LocalJobs(stored, owned, signals, place),
                new Ownership(streams, place));
    }

    LocalJobs jobs() {
        return jobs;
    }

    Ownership ownership() {
        return ownership;
    }

    /** Whether every partition that is assigned to this instance has its store restored and its index built. */
    public boolean servesItsTasks() {
        Set<Integer> served = owned.all().stream().map(PartitionView::partition).collect(Collectors.toSet());
        return streams.metadataForLocalThreads()
                .stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(TaskMetadata::taskId)
                .allMatch(task -> served.contains(task.partition()));
    }
}
