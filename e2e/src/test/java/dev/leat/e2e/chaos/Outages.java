package dev.leat.e2e.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.leat.domain.WorkerId;

/** Breaks processes, each until its time is over and it has been made good. Any thread may ask; driven by one. */
final class Outages {

    private final Supervisor supervisor;
    private final Consumer<Injection> witness;
    private final ChaosLog log;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<Injection> injections = new ConcurrentLinkedQueue<>();

    /** @param witness is told of each fault as soon as it has happened, on a thread of its own */
    Outages(Supervisor supervisor, Consumer<Injection> witness, ChaosLog log) {
        this.supervisor = supervisor;
        this.witness = witness;
        this.log = log;
    }

    /**
     * Breaks a sound process, for as long.
     *
     * @param alone whether all others of its role are sound
     */
    void begin(FaultKind kind, Node node, Duration length, boolean alone) {
        supervisor.workOn(node, () -> {
            Optional<WorkerId> worker = node.claimsAs();
            kind.damage().inject(node);
            Injection injection = new Injection(kind, node, worker, Instant.now(), alone);
            injections.add(injection);
            log.say("%s: %s, for %.1f s".formatted(node.name(), kind.damage().words(), length.toMillis() / 1e3));
            Thread.startVirtualThread(() -> witness.accept(injection));
            pause(length);
            supervisor.mend(node, () -> kind.damage().heal(node));
        });
    }

    /** Waits for as long, or until everything is to be made good. */
    void pause(Duration length) throws InterruptedException {
        var _ = over.await(length.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all outages at once, and returns when everything runs. */
    void healAll() {
        over.countDown();
        supervisor.awaitSoundness();
    }

    /** The faults that happened until now, in the order in which they did. */
    List<Injection> injections() {
        return List.copyOf(injections);
    }
}
