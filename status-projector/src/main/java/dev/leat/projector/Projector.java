package dev.leat.projector;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobId;
import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.projection.Projection;
import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.batch.OwnedBatches;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.query.Serving;
import dev.leat.projector.query.ServingSource;
import dev.leat.projector.schedule.OwnedSchedules;
import dev.leat.projector.schedule.ScheduleTopology;
import dev.leat.projector.topology.CommitPace;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.ProjectorCounters;
import dev.leat.projector.topology.RegistryPatience;
import dev.leat.projector.topology.StopSignal;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.LaneCheck;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/**
 * One instance of the status projector: sees to its topics, then runs the topology until it is stopped.
 *
 * <p>Starts once and stops once; both may be called repeatedly and from any thread. Starting returns at once, as Kafka
 * may be long in coming: {@link #isLive} and {@link #isReady} tell how it goes.
 */
public final class Projector implements ServingSource {

    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(1);
    private static final Duration REPLACEMENT_PAUSE = Duration.ofSeconds(2);

    private final Settings settings;
    private final Codecs codecs;
    private final InstantSource clock;
    private final StopSignal stopSignal = new StopSignal();
    private final ProjectorCounters counters = new ProjectorCounters();
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();
    private volatile Optional<Running> running = Optional.empty();
    /** Guarded by this. */
    private Optional<Thread> starter = Optional.empty();
    private volatile boolean stopped;

    /** What exists from the end of the start to the stop. */
    private record Running(KafkaStreams streams, BoundedRocksDb.Memory memory, Watches watches, Serving serving,
            ScheduleTopology.Parts schedules, BatchTopology.Parts batches) {}

    public Projector(Settings settings, Codecs codecs, InstantSource clock) {
        this.settings = settings;
        this.codecs = codecs;
        this.clock = clock;
    }

    /**
     * Starts in the background; does nothing where it has been started or stopped.
     *
     * @param self where other projectors reach this one
     */
    public synchronized void start(HostInfo self) {
        if (starter.isEmpty() && !stopped) {
            starter = Optional.of(Thread.ofPlatform().name("leat-projector-start").start(() -> run(self)));
        }
    }

    private void run(HostInfo self) {
        try {
            Topics topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
            KafkaClients clients = new KafkaClients(settings);
            int partitions = new TopicProvisioner(clients, settings).provision(List.of());
            new LaneCheck(clients, settings).requirePartitions(partitions);
            begin(self, topics, partitions);
        } catch (InterruptedException _) {
            LOG.debug("Stopped before the start was over");
        } catch (RuntimeException | Error failure) {
            LOG.error("Expected the projector to start, but: {}", failure.getMessage(), failure);
            fault.complete(failure);
        }
    }

    private synchronized void begin(HostInfo self, Topics topics, int partitions) {
        if (stopped) {
            return;
        }
        OwnedPartitions owned = new OwnedPartitions();
        FoldSignals<JobId> signals = new FoldSignals<>();
        Watches watches = Watches.of(settings, topics, codecs, partitions, clock);
        JobTopology.Parts parts = new JobTopology.Parts(topics, codecs, new Murmur2Partitions(partitions),
                new RegistryPatience(REGISTRY_PATIENCE, stopSignal),
                new Projection(settings.get(ProjectorOptions.RETENTION)), watches.lanes(), watches.workers(),
                watches.offsets(), owned, signals, counters, new CommitPace(), clock,
                "projector " + self.host() + ":" + self.port());
        BoundedRocksDb.Memory memory = new BoundedRocksDb.Memory(settings.get(ProjectorOptions.STORE_MEMORY));
        ScheduleTopology.Parts schedules = new ScheduleTopology.Parts(parts, new OwnedSchedules(), new FoldSignals<>());
        BatchTopology.Parts batches = new BatchTopology.Parts(parts,
                new BatchFlow(settings.get(ProjectorOptions.BATCH_WINDOW)), settings.get(ProjectorOptions.RETENTION),
                new OwnedBatches(), new FoldSignals<>());
        KafkaStreams streams = make(topology(schedules, batches), self, memory, watches);
        Serving serving = Serving.of(streams, schedules, batches,
                new Serving.Place(topics, StreamsProperties.applicationId(settings), self, partitions),
                watches.admin());
        running = Optional.of(new Running(streams, memory, watches, serving, schedules, batches));
        watches.start();
        streams.start();
    }

    /** Schedules and batches are told by one topic, so they are one sub-topology. */
    private static Topology topology(ScheduleTopology.Parts schedules, BatchTopology.Parts batches) {
        Topology topology = JobTopology.of(schedules.shared());
        BatchTopology.addNotices(topology, schedules.shared().topics());
        BatchTopology.addTo(topology, batches);
        return ScheduleTopology.addTo(topology, schedules);
    }

    private KafkaStreams make(Topology topology, HostInfo self, BoundedRocksDb.Memory memory, Watches watches) {
        try {
            KafkaStreams streams = new KafkaStreams(topology,
                    StreamsProperties.of(settings, self, memory));
            streams.setUncaughtExceptionHandler(new ThreadReplacement(REPLACEMENT_PAUSE, stopSignal, counters, clock));
            streams.setStateListener((now, _) -> tell(now));
            return streams;
        } catch (RuntimeException failure) {
            memory.close();
            watches.close();
            throw failure;
        }
    }

    private void tell(KafkaStreams.State now) {
        LOG.info("The projector is {}", now);
        if (now == KafkaStreams.State.ERROR) {
            fault.complete(new IllegalStateException(
                    "Expected the stream threads to run, but they kept failing; the log says why"));
        }
    }

    /** Stops within some seconds and leaves its partitions to others; does nothing where it has been stopped. */
    public void stop() {
        stopSignal.stop();
        stopped = true;
        synchronized (this) {
            starter.ifPresent(Thread::interrupt);
            release();
        }
    }

    /** Memory outside the heap is only given back where no thread can use it any more. */
    private void release() {
        running.ifPresent(current -> {
            boolean closed = current.streams()
                    .close(CloseOptions.timeout(CLOSE_TIMEOUT)
                            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            if (closed) {
                current.memory().close();
            } else {
                LOG.warn("Expected the stream threads to end within {}, but some still run", CLOSE_TIMEOUT);
            }
            current.watches().close();
            current.schedules().shared().signals().signalAll();
            current.schedules().signals().signalAll();
            current.batches().signals().signalAll();
        });
        running = Optional.empty();
    }

    /** Completes with the cause where the projector cannot start or has given up; never otherwise. */
    public CompletionStage<Throwable> fault() {
        return fault.minimalCompletionStage();
    }

    /** Whether nothing is broken that only a new start can mend. */
    public boolean isLive() {
        return !fault.isDone();
    }

    /** Whether all partitions of this instance can be asked about. */
    public boolean isReady() {
        return isLive() && running.filter(current -> current.streams().state() == KafkaStreams.State.RUNNING)
                .filter(current -> current.serving().servesItsTasks())
                .isPresent();
    }

    @Override
    public Optional<Serving> serving() {
        return running.map(Running::serving);
    }

    /** What it has done since its start. */
    public ProjectorCounters counters() {
        return counters;
    }
}
