package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerId;
import dev.leat.domain.projection.Projection;
import dev.leat.projector.FramedAvro;
import dev.leat.projector.Samples;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.index.PartitionView;
import dev.leat.projector.watch.LaneDirectory;
import dev.leat.projector.watch.WorkerLeases;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.ManualClock;

/** The topology on Kafka's test driver: facts go in as real bytes, records come out. */
final class TopologyBench implements AutoCloseable {

    static final String CHANGELOG = "t.projector-jobs-changelog";
    static final Instant START = Samples.NOW.plusSeconds(60);
    static final Duration RETENTION = Duration.ofHours(24);
    private static final Duration STEP = Duration.ofMillis(250);

    final Topics topics = new Topics("t.");
    final FramedAvro avro = new FramedAvro();
    final Codecs codecs = avro.codecs(topics);
    final OwnedPartitions owned = new OwnedPartitions();
    final FoldSignals<JobId> signals = new FoldSignals<>();
    final ProjectorCounters counters = new ProjectorCounters();
    final StopSignal stop = new StopSignal();
    final ManualClock clock = new ManualClock(START);
    /** What is not in here is there and takes records of the usual size. */
    final Map<String, LaneDirectory.Lookup> lanes = new ConcurrentHashMap<>();
    final Set<WorkerId> lost = ConcurrentHashMap.newKeySet();
    /** Workers in the order of their claims. */
    final List<WorkerId> claimed = new ArrayList<>();
    /** The last question about committed offsets; the test answers it. */
    CompletableFuture<Map<TopicPartition, Long>> offsets = new CompletableFuture<>();
    int questions;
    private final JobTopology.Parts parts;
    private final TopologyTestDriver driver;
    private boolean closed;

    TopologyBench(Path folder) {
        this(folder, new Partitions(_ -> 0, _ -> 0));
    }

    TopologyBench(Path folder, JobPartitions partitions) {
        parts = new JobTopology.Parts(topics, codecs, partitions,
                new RegistryPatience(Duration.ofSeconds(10), stop), new Projection(RETENTION),
                topic -> lanes.getOrDefault(topic, new LaneDirectory.Lookup.Present(1_048_588)), new Leases(),
                _ -> question(), owned, signals, counters, new CommitPace(), clock, "projector 127.0.0.1:1");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "t.projector");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, SaneTimestamps.class);
        driver = new TopologyTestDriver(JobTopology.of(parts), config);
    }

    record Partitions(ToIntFunction<JobId> jobs, ToIntFunction<String> keys) implements JobPartitions {

        @Override
        public int ofJob(JobId id) {
            return jobs.applyAsInt(id);
        }

        @Override
        public int ofKey(String key) {
            return keys.applyAsInt(key);
        }
    }

    private final class Leases implements WorkerLeases {

        @Override
        public boolean isLost(WorkerId worker) {
            return lost.contains(worker);
        }

        @Override
        public void claimed(WorkerId worker) {
            claimed.add(worker);
        }
    }

    private CompletableFuture<Map<TopicPartition, Long>> question() {
        questions++;
        offsets = new CompletableFuture<>();
        return offsets;
    }

    /** Lets time go by in steps, short ones for a short time, for the topology as for its clock. */
    void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        Duration steps = time.dividedBy(200).compareTo(STEP) < 0 ? STEP : time.dividedBy(200);
        while (clock.instant().isBefore(end)) {
            Duration left = Duration.between(clock.instant(), end);
            jump(left.compareTo(steps) < 0 ? left : steps);
        }
    }

    /** Lets time go by in one step. */
    void jump(Duration time) {
        clock.advance(time);
        driver.advanceWallClockTime(time);
    }

    void pending(JobId id, Fact.JobScheduled fact) {
        pipe(topics.pending(), key(id), codecs.pending().encode(topics.pending(), fact));
    }

    void lane(JobId id, Fact.JobQueued fact) {
        String topic = topics.jobs(fact.submission().type().plugin(), fact.submission().lane());
        pipe(topic, key(id), codecs.commands().encode(topic, fact));
    }

    void event(JobId id, Fact fact) {
        pipe(topics.events(), key(id), codecs.events().encode(topics.events(), fact));
    }

    void control(JobId id, Request request) {
        pipe(topics.control(), key(id), codecs.control().encode(topics.control(), request));
    }

    void pipe(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        pipe(topic, new TestRecord<>(key, value, Samples.NOW));
    }

    void pipe(String topic, TestRecord<byte[], byte[]> rawRecord) {
        TestInputTopic<byte[], byte[]> input = driver.createInputTopic(topic, new ByteArraySerializer(),
                new ByteArraySerializer());
        input.pipeInput(rawRecord);
    }

    String lane() {
        return topics.jobs("demo", Lane.NORMAL);
    }

    static byte[] key(JobId id) {
        return id.toString().getBytes(StandardCharsets.UTF_8);
    }

    Optional<Job> stored(JobId id) {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(JobTopology.STORE);
        byte @Nullable [] value = store.get(JobStore.key(id));
        return value == null ? Optional.empty() : codecs.jobs().decode(CHANGELOG, value);
    }

    Optional<JobLog> storedLog(JobId id) {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(JobTopology.LOG_STORE);
        byte @Nullable [] value = store.get(JobStore.key(id));
        return value == null
                ? Optional.empty()
                : codecs.logs().decode(JobTopology.changelog("t.projector", JobTopology.LOG_STORE), value);
    }

    /** What was written to a topic since the last call. */
    List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<Fact> decisions() {
        return written(topics.events()).stream()
                .map(decision -> codecs.events().decode(topics.events(), decision.value()).orElseThrow())
                .toList();
    }

    List<Request> requests() {
        return written(topics.control()).stream()
                .map(request -> codecs.control().decode(topics.control(), request.value()).orElseThrow())
                .toList();
    }

    /** What was put into the lane {@link #lane()}. */
    List<Fact.JobQueued> commands() {
        return written(lane()).stream()
                .map(command -> codecs.commands().decode(lane(), command.value()).orElseThrow())
                .toList();
    }

    List<DueEntry> due() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(DueStore.NAME);
        List<DueEntry> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> entries.add(DueEntry.parse(entry.key).orElseThrow()));
        }
        return entries;
    }

    Optional<JobId> holder(String key) {
        return new KeyStore(driver.getKeyValueStore(KeyStore.NAME)).holderOf(key);
    }

    JobState state(JobId id) {
        return stored(id).orElseThrow().state();
    }

    /** Lets another task begin with what the stores of this one hold; what it does stays in the context. */
    MockProcessorContext<byte[], Outgoing> beginAnother() {
        MockProcessorContext<byte[], Outgoing> context = new MockProcessorContext<>();
        for (String name : List.of(JobStore.NAME, DueStore.NAME, KeyStore.NAME)) {
            context.addStateStore(driver.getKeyValueStore(name));
        }
        new JobProcessor(parts).init(context);
        return context;
    }

    PartitionView view() {
        return owned.find(0).orElseThrow();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            driver.close();
        }
    }
}
