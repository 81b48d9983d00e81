package dev.leat.projector.query;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.index.PartitionView;
import dev.leat.projector.schedule.ScheduleTopology;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.Topics;

/** A running instance as questions see it: its own jobs and schedules, and who has the others. Thread-safe. */
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.batch.OwnedBatches;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.Topics;

/** A running instance as questions see it: its own jobs and batches, and who has the others. Thread-safe. */
public final class Serving {

    private final KafkaStreams streams;
    private final Owned owned;
    private final LocalJobs jobs;
    private final LocalBatches batches;
    private final Ownership ownership;
    private final LocalSchedules schedules;
    private final Topics topics;
    private final Topics topics;

    /** The partitions that this instance sees to. */
    private record Owned(OwnedPartitions jobs, OwnedBatches batches) {

        boolean has(TopicPartition source, Topics topics) {
            if (source.topic().equals(topics.events())) {
                return jobs.find(source.partition()).isPresent();
            }
            return !source.topic().equals(topics.batches()) || batches.find(source.partition()).isPresent();
        }
    }

    /**
     * Which instance of which application this is.
     *
     * @param partitions how many partitions every topic has
     */
    public record Place(Topics topics, String applicationId, HostInfo self, int partitions) {}

    private Serving(KafkaStreams streams, OwnedPartitions owned, LocalJobs jobs, LocalSchedules schedules,
            Place place) {
        this.streams = streams;
        this.owned = owned;
        this.jobs = jobs;
        this.schedules = schedules;
        this.ownership = new Ownership(streams, place);
        this.topics = place.topics();
    }

    /**
     * What answers questions to a running instance.
     *
     * @param schedules what the processors of jobs and schedules work with
     */
    public static Serving of(KafkaStreams streams, ScheduleTopology.Parts schedules, Place place) {
        JobTopology.Parts jobs = schedules.shared();
        StoredJobs stored = new StoredJobs(streams, jobs.codecs(), place.applicationId());
        return new Serving(streams, jobs.owned(), new LocalJobs(stored, jobs.owned(), jobs.signals(), place),
                new LocalSchedules(schedules.owned(), schedules.signals(), jobs.codecs().schedules(), place), place);
    private Serving(KafkaStreams streams, Owned owned, LocalJobs jobs, LocalBatches batches, Ownership ownership,
            Topics topics) {
        this.streams = streams;
        this.owned = owned;
        this.jobs = jobs;
        this.batches = batches;
        this.ownership = ownership;
        this.topics = topics;
    }

    /**
     * What questions see of a running instance.
     *
     * @param batches what the processor of batches works with
     */
    public static Serving of(KafkaStreams streams, BatchTopology.Parts batches, Place place) {
        JobTopology.Parts jobs = batches.shared();
        StoredJobs stored = new StoredJobs(streams, jobs.codecs().jobs(), place.applicationId());
        return new Serving(streams, new Owned(jobs.owned(), batches.owned()),
                new LocalJobs(stored, jobs.owned(), jobs.signals(), place),
                new LocalBatches(new StoredBatches(streams, jobs.codecs(), place), batches.owned(), jobs.owned(),
                        batches.signals(), place),
                new Ownership(streams, place), place.topics());
    }

    LocalJobs jobs() {
        return jobs;
    }

    LocalSchedules schedules() {
        return schedules;
    LocalBatches batches() {
        return batches;
    }

    Ownership ownership() {
        return ownership;
    }

    /** Whether every partition that is assigned to this instance has its stores restored and its index built. */
    public boolean servesItsTasks() {
        Set<Integer> jobPartitions = owned.all().stream().map(PartitionView::partition).collect(Collectors.toSet());
        return tasksReading(topics.events()).allMatch(jobPartitions::contains)
                && tasksReading(topics.schedules()).allMatch(schedules::has);
    }

    /** The partitions of the assigned tasks that read the topic: each kind of task has its own. */
    private Stream<Integer> tasksReading(String topic) {
        return streams.metadataForLocalThreads()
                .stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .filter(task -> task.topicPartitions().stream().anyMatch(source -> source.topic().equals(topic)))
                .map(task -> task.taskId().partition());
        return streams.metadataForLocalThreads()
                .stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .allMatch(source -> owned.has(source, topics));
    }
}
