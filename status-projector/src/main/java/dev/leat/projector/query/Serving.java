package dev.leat.projector.query;

import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.batch.OwnedBatches;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.schedule.ScheduleTopology;
import dev.leat.projector.topology.JobTopology;
import dev.leat.schemas.Topics;

/** A running instance as questions see it: its own jobs, batches and schedules, and who has the others. Thread-safe. */
public final class Serving {

    private final KafkaStreams streams;
    private final OwnedPartitions owned;
    private final OwnedBatches ownedBatches;
    private final LocalJobs jobs;
    private final LocalBatches batches;
    private final LocalFolds folds;
    private final LocalSchedules schedules;
    private final Ownership ownership;
    private final Topics topics;

    /**
     * Which instance of which application this is.
     *
     * @param partitions how many partitions every topic has
     */
    public record Place(Topics topics, String applicationId, HostInfo self, int partitions) {}

    private Serving(KafkaStreams streams, ScheduleTopology.Parts schedules, BatchTopology.Parts batches, Place place,
            Admin admin) {
        JobTopology.Parts parts = schedules.shared();
        this.streams = streams;
        this.owned = parts.owned();
        this.ownedBatches = batches.owned();
        this.jobs = new LocalJobs(new StoredJobs(streams, parts.codecs(), place.applicationId()), owned,
                parts.signals(), parts.codecs().pending(), place);
        this.folds = new LocalFolds(jobs, owned, parts.codecs().jobs(), admin, place);
        this.batches = new LocalBatches(new StoredBatches(streams, parts.codecs(), place), ownedBatches, owned,
                batches.signals(), place);
        this.schedules = new LocalSchedules(schedules.owned(), schedules.signals(), parts.codecs().schedules(), place);
        this.ownership = new Ownership(streams, place);
        this.topics = place.topics();
    }

    /**
     * What answers questions to a running instance.
     *
     * @param schedules what the processors of jobs and schedules work with
     * @param batches what the processor of batches works with
     * @param admin closed by whoever made it
     */
    public static Serving of(KafkaStreams streams, ScheduleTopology.Parts schedules, BatchTopology.Parts batches,
            Place place, Admin admin) {
        return new Serving(streams, schedules, batches, place, admin);
    }

    LocalJobs jobs() {
        return jobs;
    }

    LocalSchedules schedules() {
        return schedules;
    }

    LocalBatches batches() {
        return batches;
    }

    LocalFolds folds() {
        return folds;
    }

    Ownership ownership() {
        return ownership;
    }

    /** Whether every partition that is assigned to this instance has its stores restored and its index built. */
    public boolean servesItsTasks() {
        return tasksReading(topics.events()).allMatch(partition -> owned.find(partition).isPresent())
                && tasksReading(topics.batches()).allMatch(partition -> ownedBatches.find(partition).isPresent())
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
