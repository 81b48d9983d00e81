package dev.leat.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.LaneSchedule;
import dev.leat.domain.WorkerId;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.schemas.Codecs;
import dev.leat.worker.bundle.PluginHost;
import dev.leat.worker.claim.CancelBarrier;
import dev.leat.worker.claim.ClaimLoop;
import dev.leat.worker.claim.ClaimSetup;
import dev.leat.worker.claim.KnownJobs;
import dev.leat.worker.lease.LeaseWatch;
import dev.leat.worker.limit.PeerWatch;
import dev.leat.worker.limit.PluginGates;
import dev.leat.runtime.plugin.SettingsBoard;
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
 * The parts of a worker that claim and run, in the hands of a test: a consumer stands between the loop and Kafka's real
 * one and does something else in the place of the first commit, the lease's time goes on only where the test says so, and
 * nobody beats or reads the control topic.
 */
final class WorkerInParts {

    static final WorkerId ID = new WorkerId("faulty");

    /** What happens in the place of the first commit. */
    interface Fault {
        void happen(WorkerInParts worker, Commit commit) throws Exception;
    }

    /** The commit as it would be. */
    interface Commit {
        void run() throws Exception;
    }

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final LeaseWatch lease = new LeaseWatch(Duration.ofSeconds(10), nanos::get);
    private final WantedEnds ends = new WantedEnds();
    private final Attempts attempts;
    private final ClaimLoop loop;

    /** Claims at once, under a lease that is sure for as long as its time stands still. */
    WorkerInParts(WorkerRig rig, Fault fault) {
        Codecs codecs = rig.newCodecs();
        WorkerClients clients = new WorkerClients(rig.clients(), rig.settings(Map.of()),
                rig.topics().workers());
        FactOutbox outbox = new FactOutbox(clients.factProducer(), codecs.events(), rig.topics().events());
        opened.push(outbox);
        AcknowledgedProducer handlers = new AcknowledgedProducer(rig.clients(), Duration.ofSeconds(10));
        opened.push(handlers);
        attempts = new Attempts(ends, lease, outbox, new Surroundings(
                PluginStates.in(rig.topics().pluginState(), new SharedState(), handlers),
                new FurtherJobs(handlers, codecs.pending(), rig.topics().pending(), InstantSource.system()),
                new FurtherBatches(handlers, codecs.batchOrders(), rig.topics().batchOrders(), InstantSource.system()),
                InstantSource.system()),
                new Attempts.Limits(Duration.ofMillis(500), 1_000));
        opened.push(lease);
        lease.start(attempts::handBack);
        beat();
        TopicTail control = new TopicTail(rig.clients(), rig.topics().control(), _ -> {});
        opened.push(control);
        control.start();
        CancelBarrier barrier = new CancelBarrier(new EndOffsets(rig.clients(), "test"), control,
                rig.topics().control(), WorkerRig.PARTITIONS);
        opened.push(barrier);
        Producer<byte[], byte[]> producer = clients.claimProducer();
        opened.push(() -> producer.close(Duration.ofSeconds(1)));
        loop = new ClaimLoop(
                new ClaimSetup(ID, new ClaimSetup.Slots(8, 1), LaneSchedule.Policy.WEIGHTED, rig.topics(), codecs,
                        new PluginHost(rig.catalog()), gates(codecs),
                        new KnownJobs((job, attempt) -> ends.unwanted(job, attempt).isPresent(), (_, _) -> true,
                                _ -> Optional.empty()),
                        attempts,
                        lease, barrier, new ClaimSetup.Clients(() -> faulty(clients.member(), fault), producer),
                        InstantSource.system()));
        opened.push(loop::stop);
        loop.start();
    }

    /** All of them open. */
    private static PluginGates gates(Codecs codecs) {
        return new PluginGates(ID, new SettingsBoard(codecs.settings(), () -> {}),
                new PeerWatch(codecs.heartbeats(), System::nanoTime, () -> {}), System::nanoTime, () -> {});
    }

    ClaimLoop loop() {
        return loop;
    }

    Attempts attempts() {
        return attempts;
    }

    WantedEnds ends() {
        return ends;
    }

    /** How many commits have been begun, the one that failed included. */
    int commits() {
        return commits.get();
    }

    /** How often the consumer has polled or begun to. */
    int polls() {
        return polls.get();
    }

    /** No heartbeat for so long, and nobody looks at the lease meanwhile. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Kafka acknowledges a heartbeat at once. */
    void beat() {
        lease.acknowledged(nanos.get());
    }

    @SuppressWarnings("unchecked") // A proxy for the interface that is given.
    private Consumer<byte[], byte[]> faulty(Consumer<byte[], byte[]> real, Fault fault) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(Consumer.class.getClassLoader(),
                new Class<?>[]{Consumer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("poll")) {
                        polls.incrementAndGet();
                    }
                    if (method.getName().equals("commitSync") && commits.incrementAndGet() == 1) {
                        fault.happen(this, () -> call(real, method, arguments));
                        return null;
                    }
                    return call(real, method, arguments);
                });
    }

    private static @Nullable Object call(Consumer<byte[], byte[]> real, Method method,
            Object @Nullable [] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Ends all of it, as the end of its process would. */
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
