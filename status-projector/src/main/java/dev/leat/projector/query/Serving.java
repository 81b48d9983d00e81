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
public final class Serving {

    private final KafkaStreams streams;
    private final OwnedPartitions owned;
    private final LocalJobs jobs;
    private final Ownership ownership;
    private final LocalSchedules schedules;
    private final Topics topics;

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
    }

    LocalJobs jobs() {
        return jobs;
    }

    LocalSchedules schedules() {
        return schedules;
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
    }
}
