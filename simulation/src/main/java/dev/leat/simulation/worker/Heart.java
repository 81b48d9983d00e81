package dev.leat.simulation.worker;

import java.time.Duration;
import java.util.function.Supplier;

import dev.leat.domain.WorkerId;
import dev.leat.domain.lease.WorkerLease;
import dev.leat.domain.limit.PluginUse;
import dev.leat.simulation.kafka.Beat;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** Sends heartbeats and looks after the lease; an acknowledgement looks first, as anything else does. */
final class Heart {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long PERIOD = World.millis(2_000);
    private static final long SURE = LEASE.toNanos() / 100 * 60;

    private final Node node;
    private final WorkerId worker;
    private final Producer producer;
    private final Log log;
    private final WorkerLease lease;
    private final Supplier<PluginUse> use;
    private final Runnable onTermEnd;
    private boolean beating = true;

    /**
     * @param use what to say about the plugin
     * @param onTermEnd whatever was begun in an earlier term is to stop
     */
    Heart(Node node, WorkerId worker, Producer producer, Log log, Supplier<PluginUse> use, Runnable onTermEnd) {
        this.node = node;
        this.worker = worker;
        this.producer = producer;
        this.log = log;
        this.lease = new WorkerLease(LEASE, node.now());
        this.use = use;
        this.onTermEnd = onTermEnd;
        beat();
        node.every(PERIOD, this::beat);
    }

    /** Sends a heartbeat now, besides the regular ones. */
    void beat() {
        if (beating) {
            long sent = node.now();
            producer.send(log, worker, new Beat(worker, LEASE, use.get()), () -> acknowledged(sent));
        }
    }

    private void acknowledged(long sent) {
        long before = lease.term();
        lease.acknowledged(sent, node.now());
        if (lease.term() != before) {
            onTermEnd.run();
        }
        node.after(SURE + 1, this::look);
    }

    private void look() {
        if (!isSure()) {
            onTermEnd.run();
        }
    }

    /** Whether it beats, or has said goodbye. */
    boolean isBeating() {
        return beating;
    }

    boolean isSure() {
        return lease.isSure(node.now());
    }

    long term() {
        return lease.term();
    }

    boolean holds(long term) {
        return lease.holds(term, node.now());
    }

    /** Says that nothing is held any more; no beat follows. */
    void goodbye(Runnable said) {
        beating = false;
        producer.send(log, worker, new Beat(worker, Duration.ZERO, use.get()), said);
    }
}
