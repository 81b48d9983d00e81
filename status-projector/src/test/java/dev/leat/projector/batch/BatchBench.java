package dev.leat.projector.batch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Request;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.domain.projection.Projection;
import dev.leat.projector.FramedAvro;
import dev.leat.projector.Samples;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.topology.CommitPace;
import dev.leat.projector.topology.JobPartitions;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.ProjectorCounters;
import dev.leat.projector.topology.RegistryPatience;
import dev.leat.projector.topology.SaneTimestamps;
import dev.leat.projector.topology.StopSignal;
import dev.leat.projector.watch.LaneDirectory;
import dev.leat.projector.watch.WorkerLeases;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.ManualClock;

/** The sub-topology of batches on Kafka's test driver: records go in as real bytes, records come out. */
final class BatchBench implements AutoCloseable {

    static final BatchId ID = BatchId.parse("01932d3a-7b4c-7000-8000-0000000000b1");
    static final Duration RETENTION = Duration.ofHours(24);
    static final JobTypeName TYPE = JobTypeName.parse("demo:prime");
    private static final Duration STEP = Duration.ofMillis(100);

    final Topics topics = new Topics("t.");
    final Codecs codecs = new FramedAvro().codecs(topics);
    final OwnedBatches owned = new OwnedBatches();
    final ManualClock clock = new ManualClock(Samples.NOW.plusSeconds(60));
    /** What is not in here is there and takes records of the usual size. */
    final Map<String, LaneDirectory.Lookup> lanes = new ConcurrentHashMap<>();
    private final Map<Integer, JobId> jobs = new HashMap<>();
    private final TopologyTestDriver driver;

    BatchBench(Path folder, int window) {
        JobTopology.Parts shared = new JobTopology.Parts(topics, codecs, new OnePartition(),
                new RegistryPatience(Duration.ofSeconds(10), new StopSignal()), new Projection(RETENTION),
                topic -> lanes.getOrDefault(topic, new LaneDirectory.Lookup.Present(1_048_588)), new NoLeases(),
                _ -> new CompletableFuture<>(), new OwnedPartitions(), new FoldSignals<>(), new ProjectorCounters(),
                new CommitPace(), clock, "projector 127.0.0.1:1");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "t.projector");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, SaneTimestamps.class);
        Topology topology = new Topology();
        BatchTopology.addNotices(topology, topics);
        BatchTopology.addTo(topology, new BatchTopology.Parts(shared, new BatchFlow(window), RETENTION, owned,
                new FoldSignals<>()));
        driver = new TopologyTestDriver(topology, config);
    }

    private record OnePartition() implements JobPartitions {

        @Override
        public int ofJob(JobId id) {
            return 0;
        }

        @Override
        public int ofKey(String key) {
            return key.startsWith("ffffffff") ? 1 : 0;
        }
    }

    private record NoLeases() implements WorkerLeases {

        @Override
        public boolean isLost(WorkerId worker) {
            return false;
        }

        @Override
        public void claimed(WorkerId worker) {
            // Nobody claims anything here.
        }
    }

    JobId job(int index) {
        return jobs.computeIfAbsent(index, _ -> Samples.id());
    }

    /** A batch of plain operations, all of them written. */
    void submit(BatchOptions options, int total) {
        submit(options, total, new Json("{}"), Optional.empty());
    }

    void submit(BatchOptions options, int total, Json params, Optional<Operation.Compensation> compensation) {
        open(options, total);
        for (int i = 0; i < total; i++) {
            item(i, params, compensation);
        }
    }

    void open(BatchOptions options, int total) {
        event(ID, new BatchEvent.Opened(new BatchSpec(Optional.of("night"), total, Map.of(TYPE, total), options,
                Optional.empty(), Samples.NOW)));
    }

    void item(int index, Json params, Optional<Operation.Compensation> compensation) {
        Submission submission = Submission.plain(TYPE, Lane.NORMAL, params, List.of(), Samples.NOW)
                .of(new Origin(Origin.Kind.BATCH, ID.toString(), index));
        event(ID, new BatchEvent.Item(new Operation(index, job(index), submission, compensation)));
    }

    static Optional<Operation.Compensation> undo() {
        return Optional.of(new Operation.Compensation(JobTypeName.parse("demo:undo"), Lane.NORMAL,
                PolicyOverrides.NONE));
    }

    void event(BatchId id, BatchEvent event) {
        pipe(topics.batches(), id.toString(), codecs.batches().encode(topics.batches(), event));
    }

    /** Tells that the job of an operation has ended. */
    void end(int index, JobState state) {
        end(Origin.Kind.BATCH, index, job(index), state);
    }

    void end(Origin.Kind kind, int index, JobId job, JobState state) {
        notice(new JobNotice(new Origin(kind, ID.toString(), index), job, TYPE, state,
                state == JobState.COMPLETED ? Optional.of(new Json("1")) : Optional.empty(),
                state == JobState.COMPLETED ? Optional.empty() : Optional.of(JobError.of("boom", "It broke")),
                Optional.of(Samples.NOW), Samples.NOW.plusSeconds(1)));
    }

    void notice(JobNotice notice) {
        pipe(topics.notices(), notice.origin().id(), codecs.notices().encode(topics.notices(), notice));
    }

    void pipe(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Samples.NOW));
    }

    /** Lets time go by in steps, for the topology as for its clock. */
    void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            Duration left = Duration.between(clock.instant(), end);
            jump(left.compareTo(STEP) < 0 ? left : STEP);
        }
    }

    void jump(Duration time) {
        clock.advance(time);
        driver.advanceWallClockTime(time);
    }

    /** What was written to a topic since the last call. */
    List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The jobs whose commands were put into the usual lane since the last call. */
    List<JobId> released() {
        return written(lane()).stream().map(TestRecord::key).map(BatchBench::id).toList();
    }

    List<Fact.JobQueued> commands() {
        return written(lane()).stream()
                .map(command -> codecs.commands().decode(lane(), command.value()).orElseThrow())
                .toList();
    }

    /** The jobs that were written to the pending topic since the last call. */
    List<JobId> pending() {
        return written(topics.pending()).stream().map(TestRecord::key).map(BatchBench::id).toList();
    }

    /** The jobs that were asked to end since the last call. */
    List<JobId> askedToEnd() {
        return written(topics.control()).stream()
                .filter(request -> codecs.control()
                        .decode(topics.control(), request.value())
                        .filter(Request.class::isInstance)
                        .isPresent())
                .map(TestRecord::key)
                .map(BatchBench::id)
                .toList();
    }

    static JobId id(byte[] key) {
        return JobId.parse(new String(key, StandardCharsets.UTF_8));
    }

    String lane() {
        return topics.jobs("demo", Lane.NORMAL);
    }

    Optional<Batch> stored() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(BatchTopology.BATCHES);
        return Optional.ofNullable(store.get(BatchStore.key(ID)))
                .flatMap(value -> codecs.batchStates().decode("changelog", value));
    }

    Batch batch() {
        return stored().orElseThrow();
    }

    BatchMember member(int index) {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(BatchTopology.MEMBERS);
        return codecs.batchMembers()
                .decode("changelog", store.get(new MemberKey(ID, MemberKey.Kind.MEMBER, index).toBytes()))
                .orElseThrow();
    }

    int entries() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(BatchTopology.MEMBERS);
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        driver.close();
    }
}
