package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Request;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.schemas.serde.AvroDeserializer;
import dev.leat.schemas.serde.AvroSerializer;
import dev.leat.worker.plugin.PluginCatalog;

/**
 * What surrounds workers in a test: their topics on a real broker, a submitter, and somebody who folds all facts. The
 * fold is kept by the threads of its tails; waits end when it shows what is waited for.
 */
public final class WorkerRig implements AutoCloseable {

    public static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A fact of the events topic, as it stands there. */
    public record Logged(JobId job, Fact fact, long offset) {}

    /** A command of the pending topic. */
    public record Scheduled(JobId job, Fact.JobScheduled fact) {}

    private static final String AFTER = "after the last word";

    private enum Sign {
        GOODBYE, OTHER
    }

    /** The last heartbeat of a worker; empty after its goodbye. */
    public record Beat(Optional<WorkerHeartbeat> heartbeat, long arrivedNanos) {}

    private final Map<String, String> options;
    private final String registry;
    private final Topics topics;
    private final KafkaClients clients;
    private final Codecs codecs;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();
    private final List<Logged> events = new CopyOnWriteArrayList<>();
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();
    private final Map<String, Set<Sign>> signs = new ConcurrentHashMap<>();
    private final List<TopicTail> tails = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<RecordingPlugin> plugins;
    private final List<Scheduled> pending = new CopyOnWriteArrayList<>();

    /**
     * Makes the topics and begins to read them.
     *
     * @param options of the workers, beside those that name the broker and the topics
     */
    public WorkerRig(String bootstrapServers, String registry, String prefix, Map<String, String> options,
            RecordingPlugin... plugins) throws InterruptedException {
        this.registry = registry;
        this.plugins = List.of(plugins);
        this.options = new HashMap<>(options);
        this.options.put("leat.bootstrap.servers", bootstrapServers);
        this.options.put("leat.topic.prefix", prefix);
        this.options.put("leat.partitions", Integer.toString(PARTITIONS));
        this.topics = new Topics(prefix);
        Settings settings = settings(Map.of());
        this.clients = new KafkaClients(settings);
        this.codecs = newCodecs();
        new TopicProvisioner(clients, settings).provision(this.plugins.stream().map(RecordingPlugin::id).toList());
        this.admin = clients.admin("test");
        this.producer = clients
                .producer(new ProducerProfile("test", Duration.ofMillis(5), Duration.ofMinutes(2)));
        tail(topics.events(), this::event);
        tail(topics.workers(), this::beat);
        tail(topics.pending(), source -> pending.add(new Scheduled(JobId.parse(new String(source.key(), UTF_8)),
                codecs.pending().decode(source.topic(), source.value()).orElseThrow())));
        this.plugins.forEach(plugin -> topics.lanesOf(plugin.id()).forEach(lane -> tail(lane, this::command)));
    }

    /** Reads a topic until the end of the test. */
    public void tail(String topic, RecordHandler handler) {
        TopicTail tail = new TopicTail(clients, topic, handler);
        tails.add(tail);
        tail.start();
    }

    /** Codecs of their own caches, as each process has them. */
    public Codecs newCodecs() {
        Map<String, Object> properties = Map.of("schema.registry.url", registry, "specific.avro.reader", true,
                "schema.registry.retry.timeout.ms", 0);
        AvroSerializer serializer = new AvroSerializer();
        AvroDeserializer deserializer = new AvroDeserializer();
        serializer.configure(properties, false);
        deserializer.configure(properties, false);
        return Codecs.of(topics, serializer, deserializer);
    }

    /** The workers' settings, with some of them otherwise. */
    public Settings settings(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(others);
        return Settings.of(OptionCatalog.of(ServiceOptions.class, WorkerOptions.class), all);
    }

    public Topics topics() {
        return topics;
    }

    public KafkaClients clients() {
        return clients;
    }

    public Codecs codecs() {
        return codecs;
    }

    public Admin admin() {
        return admin;
    }

    /** A catalogue of the test's plugins; they record together whoever hosts them. */
    public PluginCatalog catalog() {
        return PluginCatalog.of(plugins, new ParamsValidator());
    }

    /** A started worker that is a member of its group. */
    public Worker startWorker() throws InterruptedException {
        return startWorker(Map.of());
    }

    /** A started worker with some settings otherwise. */
    public Worker startWorker(Map<String, String> others) throws InterruptedException {
        Worker worker = new Worker(settings(others), newCodecs(), catalog(), InstantSource.system());
        workers.add(worker);
        worker.start();
        await("membership").atMost(PATIENCE).until(worker::isReady);
        return worker;
    }

    /** Submits a job, and returns when the broker has it. */
    public JobId submit(String type, String params, Lane lane) {
        return submitAll(1, type, params, lane).getFirst();
    }

    /** Submits some jobs alike. */
    public List<JobId> submitAll(int count, String type, String params, Lane lane) {
        List<JobId> ids = IntStream.range(0, count).mapToObj(_ -> newId()).toList();
        ids.forEach(id -> sendCommand(id, type, params, lane));
        producer.flush();
        return ids;
    }

    /** A job id that nobody has. */
    public static JobId newId() {
        return JobId.draw(Instant.now(), ThreadLocalRandom.current());
    }

    /** Submits a job with a policy of its own, and returns when the broker has it. */
    public JobId submit(String type, PolicyOverrides policy) {
        return submit(new Fact.JobQueued(1, 0, new Submission(JobTypeName.parse(type), Lane.NORMAL, new Json("{}"),
                List.of(), policy, Terms.NONE, Instant.now())));
    }

    /** Writes a command of a new job, and returns when the broker has it. */
    public JobId submit(Fact.JobQueued command) {
        JobId id = newId();
        sendCommand(id, command);
        producer.flush();
        return id;
    }

    /** Writes the first command of a job. */
    public void sendCommand(JobId id, String type, String params, Lane lane) {
        sendCommand(id, command(type, params, lane));
    }

    /** The first command of a job that leaves everything to its type. */
    public static Fact.JobQueued command(String type, String params, Lane lane) {
        return Fact.JobQueued.first(Submission.plain(JobTypeName.parse(type), lane, new Json(params), List.of(),
                Instant.now()));
    }

    /** Writes a command of a job. */
    public void sendCommand(JobId id, Fact.JobQueued command) {
        String topic = topics.jobs(command.submission().type().plugin(), command.submission().lane());
        var _ = producer.send(new ProducerRecord<>(topic, id.toString().getBytes(UTF_8),
                codecs.commands().encode(topic, command)));
    }

    /** Writes any record to a partition of choice, and returns when the broker has it. */
    public void send(String topic, int partition, byte[] key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic, partition, key, value));
        producer.flush();
    }

    /** Writes any record, and returns when the broker has it. */
    public void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    /** Asks for a job to be cancelled, and returns when the broker has it. */
    public void cancel(JobId job) {
        ask(job, new Fact.EndRequested(EndReason.CANCEL, Instant.now()));
    }

    /** Asks something of a job, and returns when the broker has it. */
    public void ask(JobId job, Request request) {
        send(topics.control(), job.toString().getBytes(UTF_8), codecs.control().encode(topics.control(), request));
    }

    private void event(ConsumerRecord<byte[], byte[]> source) {
        Fact fact = codecs.events().decode(source.topic(), source.value()).orElseThrow();
        JobId job = JobId.parse(new String(source.key(), UTF_8));
        events.add(new Logged(job, fact, source.offset()));
        fold(job, fact);
    }

    private void beat(ConsumerRecord<byte[], byte[]> source) {
        String worker = new String(source.key(), UTF_8);
        if (source.value() == null) {
            beats.put(worker, new Beat(Optional.empty(), System.nanoTime()));
            note(worker, Sign.GOODBYE);
        } else if (new String(source.value(), UTF_8).equals(AFTER)) {
            note(worker, Sign.OTHER);
        } else {
            beats.put(worker, new Beat(codecs.heartbeats().decode(source.topic(), source.value()), System.nanoTime()));
        }
    }

    private void note(String worker, Sign sign) {
        signs.computeIfAbsent(worker, _ -> ConcurrentHashMap.newKeySet()).add(sign);
    }

    private void command(ConsumerRecord<byte[], byte[]> source) {
        if (source.key() != null && source.value() != null && source.key().length == 36) {
            codecs.commands()
                    .decode(source.topic(), source.value())
                    .ifPresent(fact -> fold(JobId.parse(new String(source.key(), UTF_8)), fact));
        }
    }

    private void fold(JobId job, Fact fact) {
        jobs.compute(job, (id, known) -> JobFold.apply(known == null ? Job.unknown(id) : known, fact));
    }

    /** The last heartbeat of a worker; empty where none has come, and after its goodbye. */
    public Optional<WorkerHeartbeat> heartbeat(Worker worker) {
        return Optional.ofNullable(beats.get(worker.id().value())).flatMap(Beat::heartbeat);
    }

    /** Whether the worker has said goodbye by now. */
    public boolean hasSaidGoodbye(Worker worker) {
        String id = worker.id().value();
        send(topics.workers(), id.getBytes(UTF_8), AFTER.getBytes(UTF_8));
        await("all that the worker wrote").atMost(PATIENCE).until(() -> signs(id).contains(Sign.OTHER));
        return signs(id).contains(Sign.GOODBYE);
    }

    private Set<Sign> signs(String worker) {
        return signs.getOrDefault(worker, Set.of());
    }

    /** The last signs of life of all workers, by id. */
    public Map<String, Beat> beats() {
        return beats;
    }

    /** The job as its facts have it so far. */
    public Job job(JobId id) {
        return jobs.getOrDefault(id, Job.unknown(id));
    }

    /** The facts of the events topic about a job, in their order. */
    public List<Fact> facts(JobId id) {
        return events.stream().filter(logged -> logged.job().equals(id)).map(Logged::fact).toList();
    }

    /** The commands of the pending topic so far. */
    public List<Scheduled> pending() {
        return List.copyOf(pending);
    }

    /** All facts of a kind. */
    public <F extends Fact> List<F> facts(Class<F> kind) {
        return events.stream().map(Logged::fact).filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits until the job's facts say so. */
    public Job awaitJob(JobId id, Predicate<Job> wanted) {
        await("job " + id).atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> job(id), wanted);
        return job(id);
    }

    /** Waits until all of them are in this state. */
    public void awaitAll(Collection<JobId> ids, JobState state) {
        await(ids.size() + " jobs to be " + state).atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> ids.stream().allMatch(id -> job(id).state() == state));
    }

    /** Waits until the workers have committed everything that is in the lanes. */
    public void awaitAllCommitted() {
        await("commits").atMost(PATIENCE)
                .until(() -> {
                    Map<TopicPartition, Long> ends = ends();
                    Map<TopicPartition, Long> committed = committed();
                    return ends.entrySet()
                            .stream()
                            .allMatch(end -> committed.getOrDefault(end.getKey(), 0L).equals(end.getValue()));
                });
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (RecordingPlugin plugin : plugins) {
            for (String lane : topics.lanesOf(plugin.id())) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    asked.put(new TopicPartition(lane, partition), OffsetSpec.latest());
                }
            }
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer = admin.listOffsets(asked).all().get();
        answer.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Map<TopicPartition, Long> committed() throws Exception {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> answer = admin.listConsumerGroupOffsets(topics.workers())
                .partitionsToOffsetAndMetadata()
                .get();
        answer.forEach((partition, there) -> Optional.ofNullable(there)
                .ifPresent(offset -> committed.put(partition, offset.offset())));
        return committed;
    }

    @Override
    public void close() {
        plugins.forEach(RecordingPlugin::openGate);
        workers.forEach(Worker::stop);
        TopicTail.closeAll(tails);
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}
