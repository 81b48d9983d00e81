package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.projector.FramedAvro;
import dev.leat.projector.Samples;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.index.PartitionView;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.ManualClock;

/** The topology on Kafka's test driver: facts go in as real bytes, records come out. */
final class TopologyBench implements AutoCloseable {

    static final String CHANGELOG = "t.projector-jobs-changelog";

    final Topics topics = new Topics("t.");
    final FramedAvro avro = new FramedAvro();
    final Codecs codecs = avro.codecs(topics);
    final OwnedPartitions owned = new OwnedPartitions();
    final FoldSignals signals = new FoldSignals();
    final ProjectorCounters counters = new ProjectorCounters();
    final StopSignal stop = new StopSignal();
    private final TopologyTestDriver driver;
    private boolean closed;

    TopologyBench(Path folder, JobPartitions partitions) {
        JobTopology.Parts parts = new JobTopology.Parts(topics, codecs, partitions,
                new RegistryPatience(Duration.ofSeconds(10), stop), owned, signals, counters,
                new ManualClock(Samples.NOW.plusSeconds(60)), "projector 127.0.0.1:1");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "t.projector");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, SaneTimestamps.class);
        driver = new TopologyTestDriver(JobTopology.of(parts), config);
    }

    void lane(JobId id, Fact.JobQueued fact) {
        String topic = topics.jobs(fact.submission().type().plugin(), fact.submission().lane());
        pipe(topic, key(id), codecs.commands().encode(topic, fact));
    }

    void event(JobId id, Fact fact) {
        pipe(topics.events(), key(id), codecs.events().encode(topics.events(), fact));
    }

    void control(JobId id, Fact.CancelRequested fact) {
        pipe(topics.control(), key(id), codecs.control().encode(topics.control(), fact));
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
