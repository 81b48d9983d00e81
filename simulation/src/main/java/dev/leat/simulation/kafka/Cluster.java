package dev.leat.simulation.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.schemas.Topics;
import dev.leat.simulation.world.World;

/** All topics of Leat, and the groups of its workers and projectors. */
public final class Cluster {

    /** The plugin whose jobs are simulated. */
    public static final String PLUGIN = "simulated";

    private static final long PROJECTOR_SESSION = World.millis(6_000);

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    private final int partitions;
    private final Map<TopicPartition, Log> logs = new LinkedHashMap<>();
    private final Group workers;
    private final Group projectors;

    /** @param workerSession after how many nanoseconds of silence a worker is expelled from its group */
    public Cluster(World world, int partitions, long workerSession) {
        this.partitions = partitions;
        Stream.concat(topics.lanesOf(PLUGIN).stream(), Stream.of(topics.pending(), topics.control(), topics.events(),
                topics.schedules(), topics.notices(), topics.batches()))
                .forEach(topic -> IntStream.range(0, partitions).forEach(partition -> create(topic, partition)));
        create(topics.workers(), 0);
        create(topics.pluginSettings(), 0);
        this.workers = new Group(world, workerSession, lanes());
        this.projectors = new Group(world, PROJECTOR_SESSION,
                IntStream.range(0, partitions).mapToObj(Cluster::task).toList());
    }

    private void create(String topic, int partition) {
        TopicPartition name = new TopicPartition(topic, partition);
        logs.put(name, new Log(name));
    }

    /** What stands for all partitions of one number in the group of the projectors. */
    public static TopicPartition task(int partition) {
        return new TopicPartition("task", partition);
    }

    public int partitions() {
        return partitions;
    }

    public int partitionOf(JobId job) {
        return Math.floorMod(job.value().getLeastSignificantBits(), partitions);
    }

    public int partitionOf(String key) {
        return Math.floorMod(key.hashCode(), partitions);
    }

    public Topics topics() {
        return topics;
    }

    public Group workers() {
        return workers;
    }

    public Group projectors() {
        return projectors;
    }

    /** The partitions of the lanes. */
    public List<TopicPartition> lanes() {
        List<String> lanes = topics.lanesOf(PLUGIN);
        return logs.keySet().stream().filter(name -> lanes.contains(name.topic())).toList();
    }

    /** What the projector reads of a partition. */
    public List<Log> sources(int partition) {
        List<Log> sources = new ArrayList<>();
        Stream.concat(topics.lanesOf(PLUGIN).stream(),
                Stream.of(topics.pending(), topics.events(), topics.control(), topics.schedules(),
                        topics.notices(), topics.batches()))
                .forEach(topic -> sources.add(log(topic, partition)));
        return sources;
    }

    public Log lane(Lane lane, JobId job) {
        return log(topics.jobs(PLUGIN, lane), partitionOf(job));
    }

    public Log pending(JobId job) {
        return log(topics.pending(), partitionOf(job));
    }

    public Log events(JobId job) {
        return log(topics.events(), partitionOf(job));
    }

    public Log control(JobId job) {
        return log(topics.control(), partitionOf(job));
    }

    public Log schedules(ScheduleId schedule) {
        return log(topics.schedules(), partitionOf(schedule.value()));
    }

    public Log batches(BatchId batch) {
        return log(topics.batches(), partitionOf(batch.toString()));
    }

    /** The notices for whoever is called so. */
    public Log notices(String submitter) {
        return log(topics.notices(), partitionOf(submitter));
    }

    public Log control(int partition) {
        return log(topics.control(), partition);
    }

    public Log heartbeats() {
        return log(topics.workers(), 0);
    }

    /** What operators say about plugins. */
    public Log settings() {
        return log(topics.pluginSettings(), 0);
    }

    /** The lane of a partition. */
    public Lane laneOf(TopicPartition partition) {
        return Arrays.stream(Lane.values())
                .filter(lane -> topics.jobs(PLUGIN, lane).equals(partition.topic()))
                .findFirst()
                .orElseThrow();
    }

    public Log log(TopicPartition name) {
        return log(name.topic(), name.partition());
    }

    private Log log(String topic, int partition) {
        Log log = logs.get(new TopicPartition(topic, partition));
        if (log == null) {
            throw new IllegalArgumentException("Expected a topic of Leat, but got " + topic + "-" + partition);
        }
        return log;
    }
}
