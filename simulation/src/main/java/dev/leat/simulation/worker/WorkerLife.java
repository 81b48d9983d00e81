package dev.leat.simulation.worker;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerId;
import dev.leat.simulation.Behaviour;
import dev.leat.simulation.PlannedFault;
import dev.leat.simulation.kafka.LogRecord;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.kafka.Tail;
import dev.leat.simulation.world.World;
import dev.leat.testkit.guarantees.Observations.HandlerRun;

/** A worker's life, from its start to its end: heart, attempts, claim loop, and tails of the control topic. */
final class WorkerLife implements SimulatedAttempt.Host {

    private static final long PAUSE = World.millis(1_000);
    private static final long LOOK = World.millis(500);
    private static final long DRAIN = World.millis(4_000);
    private static final long GRACE = World.millis(2_000);
    private static final long STEP = World.millis(100);
    private static final int MOST_STEPS_FOR_LAST_FACTS = 50;

    private final WorkerNode node;
    private final WorkerNode.Setup setup;
    private final WorkerId id;
    private final Producer facts;
    private final Heart heart;
    private final Attempts attempts;
    private final Slots slots;
    private final Gates gates;
    private final Barrier barrier;
    private final Producer claimed;
    private final Map<Integer, Tail> control = new HashMap<>();
    private final Set<ClaimId> inHandler = new LinkedHashSet<>();
    private LaneConsumer consumer;
    private ClaimCycle cycle;
    private boolean draining;
    private boolean pausing;
    private int unsaid;
    private long tenures;
    private long claims;
    private int members;

    WorkerLife(WorkerNode node, WorkerNode.Setup setup) {
        this.node = node;
        this.setup = setup;
        this.id = new WorkerId(node.identity());
        this.facts = new Producer(node, node.world());
        this.attempts = new Attempts(this);
        this.slots = new Slots(setup.slots());
        this.gates = new Gates(node, id, setup.cluster(), setup.rules(), setup.operated(), this::beatSoon);
        this.heart = new Heart(node, id, new Producer(node, node.world()), setup.cluster().heartbeats(),
                () -> gates.use(slots.taken()), attempts::handBack);
        this.barrier = new Barrier(node, setup.cluster());
        for (int partition = 0; partition < setup.cluster().partitions(); partition++) {
            Tail tail = Tail.of(node, setup.cluster().control(partition), 0, () -> true, reading(barrier));
            control.put(partition, tail);
            barrier.reads(partition, tail);
        }
        this.claimed = new Producer(node, node.world());
        this.consumer = consumer();
        this.cycle = cycle(consumer);
        node.every(LOOK, this::nudge);
    }

    private LaneConsumer consumer() {
        return new LaneConsumer(node, node.identity() + "#" + ++members, setup.cluster(), () -> id + "/" + ++tenures,
                this::nudge);
    }

    private ClaimCycle cycle(LaneConsumer its) {
        return new ClaimCycle(new ClaimCycle.Parts(node, setup.cluster(), its, heart, slots, gates, attempts,
                barrier, claimed, setup.moments(), setup.recorder(), () -> new ClaimId(id + "/" + ++claims),
                setup.plans()), id, setup.rules().claimSteps());
    }

    /** The consumer has failed; claiming begins again with a new one, while attempts go on. */
    void failClaiming() {
        if (pausing || draining) {
            return;
        }
        pausing = true;
        cycle.fail();
        consumer.close();
        node.after(PAUSE, () -> {
            pausing = false;
            if (!draining) {
                consumer = consumer();
                cycle = cycle(consumer);
            }
        });
    }

    private Tail.Handler reading(Barrier barrier) {
        return new Tail.Handler() {
            @Override
            public void read(LogRecord source) {
                attempts.carryOut((JobId) source.key(), (Request) source.value());
            }

            @Override
            public void moved() {
                barrier.look();
            }
        };
    }

    private void beatSoon() {
        node.after(0, () -> heart.beat());
    }

    /** The consumer may have news before the cycle is there. */
    private void nudge() {
        node.after(0, () -> cycle.nudge());
    }

    void died() {
        inHandler.forEach(claim -> setup.recorder().ended(claim, node.now()));
        setup.recorder().gone(id);
        control.values().forEach(Tail::close);
        gates.close();
        consumer.close();
    }

    void drain() {
        draining = true;
        cycle.stop(() -> awaitAttempts((int) (DRAIN / STEP), () -> {
            attempts.stopAll();
            awaitAttempts((int) (GRACE / STEP), () -> exit(attempts.giveUpAll()));
        }));
    }

    private void awaitAttempts(int steps, Runnable timeOver) {
        if (attempts.isEmpty()) {
            exit(true);
        } else if (steps == 0) {
            timeOver.run();
        } else {
            node.after(STEP, () -> awaitAttempts(steps - 1, timeOver));
        }
    }

    /** Says goodbye if nothing is held any more and all facts have been said. */
    private void exit(boolean holdsNothing) {
        awaitLastFacts(holdsNothing, MOST_STEPS_FOR_LAST_FACTS);
    }

    private void awaitLastFacts(boolean holdsNothing, int steps) {
        if (unsaid > 0 && steps > 0) {
            node.after(STEP, () -> awaitLastFacts(holdsNothing, steps - 1));
        } else if (holdsNothing && unsaid == 0) {
            heart.goodbye(() -> node.kill("exits"));
        } else {
            node.kill("exits without a goodbye");
        }
    }

    @Override
    public WorkerNode node() {
        return node;
    }

    @Override
    public WorkerId worker() {
        return id;
    }

    @Override
    public boolean holds(long term) {
        return heart.holds(term);
    }

    @Override
    public void say(SimulatedClaim claim, Fact fact) {
        node.world().tell(() -> id + " says " + fact.getClass().getSimpleName() + " of " + claim.id() + ", attempt "
                + claim.attempt() + " of " + claim.job());
        unsaid++;
        facts.send(setup.cluster().events(claim.job()), claim.job(), fact, () -> unsaid--);
    }

    @Override
    public void concluded(SimulatedAttempt attempt) {
        attempts.concluded(attempt);
    }

    @Override
    public void slotFree(SimulatedClaim claim) {
        slots.give();
        setup.recorder().gaveBack(claim.id());
        cycle.nudge();
    }

    @Override
    public Behaviour behaviour(SimulatedClaim claim) {
        return setup.plans().apply(claim.job()).behaviour(claim.attempt());
    }

    @Override
    public void began(HandlerRun run) {
        node.world().tell(() -> id + " runs attempt " + run.attempt() + " of " + run.job() + " for " + run.claim());
        inHandler.add(run.claim());
        setup.moments().reached(PlannedFault.Moment.RUN, node);
        setup.recorder().began(run);
    }

    @Override
    public void ended(SimulatedClaim claim) {
        node.world().tell(() -> id + " has left the handler of " + claim.id());
        inHandler.remove(claim.id());
        setup.recorder().ended(claim.id(), node.now());
    }
}
