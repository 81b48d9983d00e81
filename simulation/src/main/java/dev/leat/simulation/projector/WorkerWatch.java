package dev.leat.simulation.projector;

import java.time.Duration;

import dev.leat.domain.WorkerId;
import dev.leat.domain.lease.LeaseLedger;
import dev.leat.simulation.kafka.Beat;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Tail;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** Watches heartbeats, and lets time count only from one proof that all have been read to the next. */
final class WorkerWatch {

    private static final long PROVE_EVERY = World.millis(500);
    private static final long PATIENCE = World.millis(2_000);
    private static final long PROVEN_FOR = World.millis(2_000);

    private final Node node;
    private final Log log;
    private final LeaseLedger ledger = new LeaseLedger(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private final Tail tail;
    private boolean proven;
    private long provenAt;
    private long wanted = Long.MAX_VALUE;
    private long askedAt;

    WorkerWatch(Node node, Log log) {
        this.node = node;
        this.log = log;
        this.tail = Tail.of(node, log, 0, () -> true, source -> hear((Beat) source.value()));
        prove();
    }

    private void hear(Beat beat) {
        if (beat.isGoodbye()) {
            ledger.goodbye(beat.worker());
        } else {
            ledger.beat(beat.worker(), beat.lease());
        }
        look();
    }

    private void prove() {
        long asked = node.now();
        node.ask("proofs", log::stableEnd, answer -> {
            answer.ifPresent(end -> {
                wanted = end;
                askedAt = asked;
            });
            node.after(0, this::look);
            node.after(PROVE_EVERY, this::prove);
        }, PATIENCE);
    }

    private void look() {
        if (tail.position() < wanted) {
            return;
        }
        wanted = Long.MAX_VALUE;
        if (proven) {
            ledger.tick(Duration.ofNanos(askedAt - provenAt));
        }
        proven = true;
        provenAt = askedAt;
    }

    boolean isLost(WorkerId worker) {
        return proven && node.now() - provenAt <= PROVEN_FOR && ledger.isLost(worker);
    }

    void claimed(WorkerId worker) {
        ledger.claimed(worker);
    }

    void close() {
        tail.close();
    }
}
