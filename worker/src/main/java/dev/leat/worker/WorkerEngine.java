package dev.leat.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginUse;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.worker.announce.AnnouncedPlugins;
import dev.leat.worker.announce.PluginAnnouncer;
import dev.leat.worker.bundle.BundleLoader;
import dev.leat.worker.bundle.PluginFolder;
import dev.leat.worker.bundle.PluginHost;
import dev.leat.worker.claim.CancelBarrier;
import dev.leat.worker.claim.ClaimLoop;
import dev.leat.worker.claim.ClaimSetup;
import dev.leat.worker.claim.KnownJobs;
import dev.leat.worker.heartbeat.Heartbeat;
import dev.leat.worker.lease.LeaseWatch;
import dev.leat.worker.limit.PeerWatch;
import dev.leat.worker.limit.PluginGates;
import dev.leat.runtime.plugin.SettingsBoard;
import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;
import dev.leat.worker.run.Attempts;
import dev.leat.worker.run.FactOutbox;
import dev.leat.worker.run.WantedEnds;
import dev.leat.worker.shared.AcknowledgedProducer;
import dev.leat.worker.shared.FurtherBatches;
import dev.leat.worker.shared.FurtherJobs;
import dev.leat.worker.shared.PluginStates;
import dev.leat.worker.shared.SharedState;
import dev.leat.worker.shared.Surroundings;

/**
 * The parts of a running worker, started in the order in which they need each other and stopped in the reverse one:
 *
 * <pre>
 *   shared state, plugins, folder of plugins, outbox, tail of control, announcer, tails of settings and workers,
 *   claims' producer, barrier, lease, heartbeat, attempts, claim loop, watch over the folder
 * </pre>
 *
 * <p>So a stop first leaves the group, then lets the attempts finish while the heart still beats, then says goodbye if
 * nothing is held any more, and only then closes what brings their facts away. For one thread at a time; {@link #isReady},
 * {@link #runningAttempts}, {@link #lostSlots} and {@link #hosted} for any.
 */
final class WorkerEngine {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerEngine.class);
    private static final Duration REGISTRY_PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_FACTS = Duration.ofSeconds(5);
    /** How long a handler waits for Kafka when it enqueues a job or changes its plugin's state. */
    private static final Duration HANDLER_PATIENCE = Duration.ofSeconds(10);

    private final WorkerId id;
    private final Settings settings;
    private final Codecs codecs;
    private final PluginHost plugins;
    private final InstantSource clock;
    private final Topics topics;
    private final KafkaClients clients;
    private final WorkerClients workerClients;
    private final Instant startedAt;
    private final WantedEnds ends = new WantedEnds();
    private final LeaseWatch lease;
    /** What is read until the worker stops. */
    private final List<TopicTail> tails = new ArrayList<>();
    /** What has to be undone, last one first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    /** Whether no attempt is open whose facts are still to come. */
    private boolean holdsNothing = true;
    /** Whether the worker is about to stop; said with each beat. */
    private volatile boolean draining;
    private volatile Optional<Attempts> attempts = Optional.empty();
    private volatile Optional<ClaimLoop> loop = Optional.empty();
    private volatile Optional<Heartbeat> heartbeat = Optional.empty();

    WorkerEngine(WorkerId id, Settings settings, Codecs codecs, PluginCatalog plugins, InstantSource clock) {
        this.id = id;
        this.settings = settings;
        this.codecs = codecs;
        this.plugins = new PluginHost(plugins);
        this.clock = clock;
        this.topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        this.clients = new KafkaClients(settings);
        // The group has the name of the topic in which its members show themselves.
        this.workerClients = new WorkerClients(clients, settings, topics.workers());
        this.startedAt = clock.instant();
        this.lease = new LeaseWatch(settings.get(WorkerOptions.LEASE), System::nanoTime);
    }

    void start() throws InterruptedException {
        int partitions = new TopicProvisioner(clients, settings)
                .provision(plugins.builtIn().plugins().stream().map(HostedPlugin::id).toList());
        checkSessionTimeout();
        // Before what is read: its handlers would wait for the registry, and the message would not name it.
        awaitRegistry();
        opened.push(() -> TopicTail.closeAll(tails));
        Surroundings surroundings = surroundings();
        PluginGates gates = gates();
        awaitTails();
        opened.push(plugins.builtIn()::stop);
        plugins.builtIn().start(surroundings);
        Optional<PluginFolder> folder = openFolder(surroundings);
        FactOutbox outbox = new FactOutbox(workerClients.factProducer(), codecs.events(), topics.events());
        opened.push(outbox);
        Attempts running = new Attempts(ends, lease, outbox, surroundings, new Attempts.Limits(
                settings.get(WorkerOptions.GRACE), settings.get(WorkerOptions.MAX_RESULT_SIZE).bytes()));
        attempts = Optional.of(running);
        TopicTail control = read(topics.control(), new ControlRequests(codecs.control(), ends, running));
        AnnouncedPlugins announced = announce();
        ClaimLoop claiming = new ClaimLoop(
                claimSetup(running, gates, barrier(control, partitions), announced, partitions));
        startHeartbeat(claiming, gates, running);
        opened.push(() -> drain(running, outbox));
        opened.push(claiming::stop);
        claiming.start();
        loop = Optional.of(claiming);
        folder.ifPresent(watched -> opened.push(watched::stopWatching));
    }

    /** Loads what is in the folder of plugins, if there is one. Its jobs are claimed and its plugins announced later. */
    private Optional<PluginFolder> openFolder(Surroundings surroundings) throws InterruptedException {
        Optional<PluginFolder> folder = settings.get(WorkerOptions.PLUGINS_DIR)
                .map(path -> new PluginFolder(path, plugins, this::provisionLanes,
                        new BundleLoader(new ParamsValidator(), surroundings),
                        settings.get(WorkerOptions.PLUGINS_INTERVAL)));
        if (folder.isPresent()) {
            opened.push(folder.get()::close);
            folder.get().start();
        }
        return folder;
    }

    private void provisionLanes(Collection<String> ids) throws InterruptedException {
        int partitions = new TopicProvisioner(clients, settings).provision(ids);
        LOG.debug("The lanes of {} have {} partitions", ids, partitions);
    }

    /** Reads what operators and other workers say about plugins. */
    private PluginGates gates() {
        Runnable wake = () -> loop.ifPresent(ClaimLoop::wake);
        SettingsBoard board = new SettingsBoard(codecs.settings(), wake);
        PeerWatch peers = new PeerWatch(codecs.heartbeats(), System::nanoTime, wake);
        var _ = read(topics.pluginSettings(), board);
        var _ = read(topics.workers(), peers);
        return new PluginGates(id, board, peers, System::nanoTime, () -> heartbeat.ifPresent(Heartbeat::soon));
    }

    /** Announces what is hosted, and goes on to do so. */
    private AnnouncedPlugins announce() throws InterruptedException {
        PluginAnnouncer announcer = new PluginAnnouncer(plugins, topics.plugins(), codecs.plugins(),
                workerClients.announcementProducer());
        opened.push(announcer);
        AnnouncedPlugins announced = new AnnouncedPlugins(codecs.plugins(), announcer::takenBack);
        var _ = read(topics.plugins(), announced);
        awaitTails();
        announcer.start();
        return announced;
    }

    private void checkSessionTimeout() throws InterruptedException {
        if (settings.get(WorkerOptions.GROUP_PROTOCOL) == GroupProtocol.CONSUMER) {
            Admin admin = clients.admin("worker-start");
            try {
                new SessionTimeoutCheck(admin, topics.workers(), settings.get(WorkerOptions.LEASE)).warnIfLong();
            } finally {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** Once a schema has its id, nothing that the worker writes needs the registry any more. */
    private void awaitRegistry() throws InterruptedException {
        Duration patience = settings.get(ServiceOptions.STARTUP_TIMEOUT);
        long start = System.nanoTime();
        while (true) {
            try {
                codecs.events().encode(topics.events(),
                        new Fact.ClaimAbandoned(1, new ClaimId(id.value()), clock.instant()));
                codecs.heartbeats().encode(topics.workers(), beat(1, 0, 0, List.of()));
                codecs.pending().encode(topics.pending(), new Fact.JobScheduled(Submission.plain(
                        new JobTypeName("none", "none"), Lane.NORMAL, new Json("{}"), List.of(), clock.instant())));
                codecs.plugins().encode(topics.plugins(), new PluginDescriptor("none", List.of()));
                return;
            } catch (RetriableException e) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new BrokerUnavailableException("Expected the schema registry to answer within "
                            + patience.toSeconds() + " s, but: " + e.getMessage(), e);
                }
                LOG.info("Waiting for the schema registry: {}", e.getMessage());
                Thread.sleep(REGISTRY_PAUSE);
            }
        }
    }

    private Surroundings surroundings() {
        AcknowledgedProducer producer = new AcknowledgedProducer(clients, HANDLER_PATIENCE);
        opened.push(producer);
        SharedState copy = new SharedState();
        var _ = read(topics.pluginState(), copy);
        return new Surroundings(PluginStates.in(topics.pluginState(), copy, producer),
                new FurtherJobs(producer, codecs.pending(), topics.pending(), clock),
                new FurtherBatches(producer, codecs.batchOrders(), topics.batchOrders(), clock), clock);
    }

    /** Begins to read a topic, until the worker stops. */
    private TopicTail read(String topic, RecordHandler handler) {
        TopicTail tail = new TopicTail(clients, topic, handler);
        tails.add(tail);
        tail.start();
        return tail;
    }

    /** Returns when all has been read that was there when each of the tails began. */
    private void awaitTails() throws InterruptedException {
        Duration patience = settings.get(ServiceOptions.STARTUP_TIMEOUT);
        try {
            CompletableFuture.allOf(tails.stream().map(TopicTail::caughtUp).toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnavailableException("Expected to have read the topics of workers within "
                    + patience.toSeconds() + " s, but there is more to read", e);
        }
    }

    private CancelBarrier barrier(TopicTail control, int partitions) {
        CancelBarrier barrier = new CancelBarrier(new EndOffsets(clients, "worker"), control, topics.control(),
                partitions);
        opened.push(barrier);
        return barrier;
    }

    private ClaimSetup claimSetup(Attempts running, PluginGates gates, CancelBarrier barrier,
            AnnouncedPlugins announced, int partitions) {
        Producer<byte[], byte[]> producer = workerClients.claimProducer();
        opened.push(() -> producer.close(Duration.ofSeconds(1)));
        KnownJobs jobs = new KnownJobs((job, attempt) -> ends.unwanted(job, attempt).isPresent(),
                (job, partition) -> PartitionOf.job(job, partitions) == partition, announced::find);
        int slots = settings.get(WorkerOptions.SLOTS);
        return new ClaimSetup(id,
                new ClaimSetup.Slots(slots, Math.min(settings.get(WorkerOptions.KEPT_SLOTS), slots - 1)),
                settings.get(WorkerOptions.LANE_POLICY), topics, codecs, plugins, gates, jobs, running, lease, barrier,
                new ClaimSetup.Clients(workerClients::member, producer), clock);
    }

    private void startHeartbeat(ClaimLoop claiming, PluginGates gates, Attempts running) {
        Heartbeat beating = new Heartbeat(id, topics, codecs, workerClients.heartbeatProducer(),
                sequence -> beat(sequence, claiming.isJoined() ? claiming.slots().free() : 0, running.lost(),
                        uses(claiming, gates)),
                lease::acknowledged);
        opened.push(lease);
        opened.push(() -> leave(beating));
        lease.start(running::handBack);
        beating.start(settings.get(WorkerOptions.HEARTBEAT_INTERVAL));
        heartbeat = Optional.of(beating);
    }

    private List<PluginUse> uses(ClaimLoop claiming, PluginGates gates) {
        return hosted().stream().map(plugin -> gates.use(plugin, claiming.slots().reservedBy(plugin))).toList();
    }

    private void leave(Heartbeat heartbeat) {
        if (holdsNothing) {
            heartbeat.sayGoodbye();
        } else {
            LOG.warn("Worker {} stops without a goodbye: its jobs go on elsewhere when its lease has run out", id);
            heartbeat.close();
        }
    }

    private WorkerHeartbeat beat(long sequence, int freeSlots, int lostSlots, List<PluginUse> uses) {
        return new WorkerHeartbeat(id, sequence, startedAt, clock.instant(), Worker.host(),
                Optional.ofNullable(Worker.class.getPackage().getImplementationVersion()).orElse("unreleased"),
                hosted(), settings.get(WorkerOptions.SLOTS),
                freeSlots, lostSlots, uses, settings.get(WorkerOptions.LEASE), draining);
    }

    /** The ids of the plugins that are hosted now. */
    List<String> hosted() {
        return plugins.current().plugins().stream().map(HostedPlugin::id).toList();
    }

    private void drain(Attempts running, FactOutbox outbox) throws InterruptedException {
        holdsNothing = false;
        boolean concluded = running.drain(settings.get(WorkerOptions.DRAIN_TIMEOUT));
        boolean delivered = outbox.awaitDelivered(LAST_FACTS);
        holdsNothing = concluded && delivered;
        if (!delivered) {
            LOG.error("Expected Kafka to take what became of the last attempts within {} s of the stop, but it did not",
                    LAST_FACTS.toSeconds());
        }
    }

    /** Stops what was started. A second call does nothing. */
    void stop() {
        draining = true;
        heartbeat.ifPresent(Heartbeat::soon);
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) { // The others are to be stopped all the same.
                LOG.warn("Expected to stop all of worker {} in order, but: {}", id, e.toString(), e);
            }
        }
    }

    int runningAttempts() {
        return attempts.map(Attempts::count).orElse(0);
    }

    int lostSlots() {
        return attempts.map(Attempts::lost).orElse(0);
    }

    boolean isReady() {
        return loop.map(ClaimLoop::isJoined).orElse(false);
    }
}
