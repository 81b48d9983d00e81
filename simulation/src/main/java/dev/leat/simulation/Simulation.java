package dev.leat.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchView;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Membership;
import dev.leat.simulation.projector.Changelog;
import dev.leat.simulation.projector.ProjectorNode;
import dev.leat.simulation.worker.WorkerNode;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.Trace;
import dev.leat.simulation.world.World;
import dev.leat.testkit.guarantees.Guarantee;
import dev.leat.testkit.guarantees.History;

/**
 * One history: what is planned happens, in an order that the seed draws; then all faults heal, and when nothing moves any
 * more the guarantees judge.
 *
 * <p>The same plan, seed and rules give the same history. For one thread, once.
 */
public final class Simulation {

    /** How long it may take after all faults have healed until nothing moves any more. */
    private static final long MOST_AFTERWARDS = World.millis(300_000);
    private static final long LOOK_EVERY = World.millis(500);
    private static final long MOST_SKEW = World.millis(2_000);

    private final Plan plan;
    private final World world;
    private final Cluster cluster;
    private final Changelog changelog = new Changelog();
    private final Recorder recorder;
    private final Moments moments = new Moments();
    private final List<WorkerNode> workers;
    private final List<ProjectorNode> projectors;
    private final Gateway gateway;
    private long steps;

    private Simulation(Plan plan, long seed, Rules rules, Trace trace) {
        this.plan = plan;
        this.world = new World(seed, trace);
        this.recorder = new Recorder(world);
        this.cluster = new Cluster(world, plan.partitions(), plan.sessionTimeout());
        Function<JobId, PlannedJob> plans = plans(plan);
        this.gateway = new Gateway("gateway", world, cluster, recorder, rules.opening());
        this.workers = IntStream.range(0, plan.workers())
                .mapToObj(i -> new WorkerNode("worker-" + i, world, skew(), new WorkerNode.Setup(cluster, recorder,
                        rules, moments, plans, plan.slots(), !plan.settings().isEmpty())))
                .toList();
        this.projectors = IntStream.range(0, plan.projectors())
                .mapToObj(i -> new ProjectorNode("projector-" + i, world, skew(), new ProjectorNode.Setup(cluster,
                        changelog, recorder, rules, moments)))
                .toList();
    }

    private static Function<JobId, PlannedJob> plans(Plan plan) {
        Map<JobId, PlannedJob> jobs = new HashMap<>();
        Stream.concat(plan.jobs().stream(), plan.batches().stream().flatMap(PlannedBatch::jobs))
                .forEach(job -> jobs.put(job.id(), job));
        boolean more = !plan.schedules().isEmpty() || !plan.batches().isEmpty();
        return id -> {
            PlannedJob job = jobs.get(id);
            if (job == null && !more) {
                throw new IllegalStateException("Expected a job of the plan, but got " + id);
            }
            return job == null ? ofProjector(id) : job;
        };
    }

    /** A job of a schedule, or one that takes an operation back: it ends, after a time that follows from its id. */
    private static PlannedJob ofProjector(JobId id) {
        long drawn = id.value().getLeastSignificantBits();
        Behaviour behaviour = new Behaviour(
                Math.floorMod(drawn >> 20, 8) == 0 ? Behaviour.Ending.FAIL_FOR_GOOD : Behaviour.Ending.SUCCEED,
                World.millis(Math.floorMod(drawn, 2_500)), 0);
        Submission submission = Submission.plain(PlanDraw.TYPE, Lane.NORMAL, new Json("{}"), List.of(),
                World.BEGINNING);
        return new PlannedJob(0, id, submission, List.of(behaviour), OptionalLong.empty(), OptionalLong.empty(), true);
    }

    private long skew() {
        return world.random().nextLong(2 * MOST_SKEW) - MOST_SKEW;
    }

    /** Runs a history and judges it. */
    public static Outcome run(Plan plan, long seed, Rules rules, Trace trace) {
        return new Simulation(plan, seed, rules, trace).run();
    }

    private Outcome run() {
        nodes().forEach(Node::start);
        plan.jobs().forEach(this::schedule);
        plan.schedules().forEach(this::schedule);
        plan.batches().forEach(this::schedule);
        plan.settings().forEach(said -> world.at(said.at(), () -> gateway.say(said.setting())));
        plan.faults().forEach(this::schedule);
        runUntil(plan.faultsUntil());
        world.tell(() -> "all faults heal");
        world.weather().heal();
        nodes().forEach(Node::heal);
        long end = plan.faultsUntil() + MOST_AFTERWARDS;
        do {
            nodes().forEach(Node::start);
            runUntil(world.now() + LOOK_EVERY);
        } while (!isQuiet() && world.now() < end);
        return judge();
    }

    private Stream<Node> nodes() {
        return Stream.concat(Stream.of(gateway), Stream.concat(workers.stream(), projectors.stream()));
    }

    private void runUntil(long until) {
        while (world.step(until)) {
            steps++;
        }
    }

    private void schedule(PlannedJob job) {
        world.at(job.at(), () -> gateway.submit(job));
        job.cancelAt().ifPresent(at -> world.at(at, () -> gateway.cancel(job)));
        job.forgetAt().ifPresent(at -> world.at(at, () -> gateway.forget(job)));
    }

    private void schedule(PlannedSchedule schedule) {
        world.at(schedule.at(), () -> gateway.make(schedule));
        world.at(schedule.until(), () -> gateway.pause(schedule));
    }

    private void schedule(PlannedBatch batch) {
        world.at(batch.at(), () -> gateway.submit(batch));
        batch.cancelAt().ifPresent(at -> world.at(at, () -> gateway.cancel(batch)));
        batch.rollbackAt().ifPresent(at -> world.at(at, () -> gateway.takeBack(batch)));
    }

    private void schedule(PlannedFault fault) {
        PlannedFault.When when = fault.when();
        if (when.moment() == PlannedFault.Moment.TIME) {
            world.at(when.count(), () -> strike(fault, workers.get(fault.target() % workers.size()),
                    projectors.get(fault.target() % projectors.size())));
        } else {
            moments.await(when.moment(), when.count(),
                    node -> world.after(when.delayNanos(), () -> strikeNode(fault, node)));
        }
    }

    private void strikeNode(PlannedFault fault, Node node) {
        if (world.now() < plan.faultsUntil()) {
            strike(fault, node instanceof WorkerNode worker ? worker : workers.getFirst(),
                    node instanceof ProjectorNode projector ? projector : projectors.getFirst());
        }
    }

    private void strike(PlannedFault fault, WorkerNode worker, ProjectorNode projector) {
        long until = Math.min(plan.faultsUntil(), world.now() + fault.nanos());
        switch (fault.kind()) {
            case KILL_WORKER -> kill(worker, until);
            case KILL_PROJECTOR -> kill(projector, until);
            case SUSPEND_WORKER -> worker.suspend(until);
            case SUSPEND_PROJECTOR -> projector.suspend(until);
            case CUT_WORKER -> worker.cut(until);
            case CUT_PROJECTOR -> projector.cut(until);
            case DRAIN_WORKER -> {
                worker.drain();
                world.at(until, worker::start);
            }
            case REBALANCE_WORKERS -> rebalance("workers", cluster.workers()::rebalance);
            case REBALANCE_PROJECTORS -> rebalance("projectors", cluster.projectors()::rebalance);
            case LAG_WORKER -> worker.lag(cluster.topics().control(), until);
            case LAG_PROJECTOR -> projector.lag(lagging(fault.target()), until);
            case FAIL_CLAIMING -> worker.failClaiming();
            case STALL_WORKER -> worker.lag(Membership.COORDINATOR, until);
            case STORM -> {
                world.tell(() -> "a storm begins");
                world.weather().storm(until);
            }
        }
    }

    private void kill(Node node, long until) {
        node.kill("is killed");
        world.at(until, node::start);
    }

    private void rebalance(String who, Runnable rebalance) {
        world.tell(() -> "the group of the " + who + " is rebalanced");
        rebalance.run();
    }

    private String lagging(int target) {
        List<String> topics = Stream.of(cluster.topics().workers(), cluster.topics().workers(),
                cluster.topics().workers(), cluster.topics().control(),
                cluster.topics().events(), cluster.topics().pending(),
                cluster.topics().lanesOf(Cluster.PLUGIN).getFirst()).toList();
        return topics.get(target / 2 % topics.size());
    }

    private boolean isQuiet() {
        for (int partition = 0; partition < plan.partitions(); partition++) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            cluster.sources(partition).forEach(log -> ends.put(log.name(), log.committedEnd()));
            if (!changelog.hasRead(partition, ends)) {
                return false;
            }
        }
        return IntStream.range(0, plan.partitions())
                .mapToObj(changelog::jobs)
                .flatMap(jobs -> jobs.values().stream())
                .allMatch(job -> job.submission().isEmpty() || job.state().isTerminal())
                && IntStream.range(0, plan.partitions())
                        .mapToObj(changelog::batches)
                        .flatMap(Collection::stream)
                        .allMatch(Batch::isFinished);
    }

    private Outcome judge() {
        List<Log> logs = new ArrayList<>(List.of(cluster.settings(), cluster.heartbeats()));
        Map<JobId, JobView> jobs = new HashMap<>();
        Map<BatchId, BatchView> batches = new HashMap<>();
        for (int partition = 0; partition < plan.partitions(); partition++) {
            logs.addAll(cluster.sources(partition));
            changelog.jobs(partition)
                    .values()
                    .forEach(job -> JobView.of(job).ifPresent(view -> jobs.put(job.id(), view)));
            changelog.batches(partition)
                    .forEach(batch -> batches.put(batch.id(),
                            BatchView.of(batch, Optional.empty(), Optional.empty())));
        }
        Map<String, Set<Instant>> due = new HashMap<>();
        Duration mostSkew = Duration.ofNanos(MOST_SKEW);
        plan.schedules().forEach(schedule -> due.put(schedule.id().value(), schedule.due(mostSkew)));
        History history = recorder.history(logs, new Recorder.Shown(jobs, batches), due, world.clock(2 * MOST_SKEW));
        List<String> violations = new ArrayList<>(Guarantee.violationsOfAll(history));
        violations.addAll(recorder.leases().violations());
        return new Outcome(violations, history, world.now(), steps);
    }
}
