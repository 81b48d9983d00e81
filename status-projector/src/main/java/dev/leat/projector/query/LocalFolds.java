package dev.leat.projector.query;

import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.live.Slim;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.index.PartitionView;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.Codec;

/**
 * Gives jobs of one partition to those who fold on from there, with the place in the log up to which their facts are in
 * them. Thread-safe; callers block.
 */
final class LocalFolds {

    private final LocalJobs jobs;
    private final OwnedPartitions owned;
    private final Codec<Job> codec;
    private final Admin admin;
    private final Serving.Place place;

    /**
     * Jobs and how far they are folded.
     *
     * @param next of each topic, an offset below which all facts are in the jobs; what is missing stands at 0
     * @param jobs by id; without those that are not there
     */
    record Folds(int partition, Map<String, Long> next, Map<String, Fold> jobs) {}

    /** A job as it is shown, and as it is folded: Avro in base64, without params and checkpoint. */
    record Fold(JobView view, String fold) {}

    LocalFolds(LocalJobs jobs, OwnedPartitions owned, Codec<Job> codec, Admin admin, Serving.Place place) {
        this.jobs = jobs;
        this.owned = owned;
        this.codec = codec;
        this.admin = admin;
        this.place = place;
    }

    boolean owns(int partition) {
        return owned.find(partition).isPresent();
    }

    /** The offsets are read before the jobs, so these may know more than the offsets say, and never less. */
    Folds find(int partition, Collection<JobId> ids, Instant now) {
        PartitionView view = owned.find(partition)
                .orElseThrow(() -> QueryProblems.inTransition("partition " + partition));
        Map<String, Long> next = view.foldedOffsets(() -> committed(partition));
        Map<String, Fold> found = new LinkedHashMap<>();
        ids.forEach(id -> jobs.find(id).ifPresent(job -> found.put(id.toString(), fold(job, now))));
        if (owned.find(partition).filter(view::equals).isEmpty()) {
            throw QueryProblems.inTransition("partition " + partition);
        }
        return new Folds(partition, next, found);
    }

    private Fold fold(Job job, Instant now) {
        try {
            return new Fold(jobs.show(job, now), Base64.getEncoder()
                    .encodeToString(codec.encode(JobTopology.changelog(place.applicationId()), Slim.of(job))));
        } catch (RetriableException registryAway) {
            throw QueryProblems.unavailable("The schema registry is away.");
        }
    }

    /** What the projectors' group has committed of a partition, by topic. */
    private Map<String, Long> committed(int partition) {
        try {
            Map<TopicPartition, OffsetAndMetadata> all = admin.listConsumerGroupOffsets(place.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            return all.entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().partition() == partition
                            && Optional.ofNullable(entry.getValue()).isPresent())
                    .collect(Collectors.toMap(entry -> entry.getKey().topic(), entry -> entry.getValue().offset()));
        } catch (ExecutionException brokerAway) {
            throw QueryProblems.unavailable("Kafka does not say how far facts are folded.");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw QueryProblems.unavailable("The projector stops.");
        }
    }
}
