package dev.leat.simulation.worker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.Lane;
import dev.leat.domain.LaneSchedule;
import dev.leat.domain.WorkerId;
import dev.leat.simulation.Moments;
import dev.leat.simulation.PlannedFault.Moment;
import dev.leat.simulation.PlannedJob;
import dev.leat.simulation.Recorder;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.LogRecord;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;
import dev.leat.worker.claim.ClaimedHere;
import dev.leat.worker.claim.PartitionBuffers.Taken;
import dev.leat.worker.claim.PartitionBuffers.Tenure;
import dev.leat.worker.claim.Settlement;

/**
 * Claims commands as the worker's {@code ClaimSession} does: takes a batch, says so, commits, and runs what was won. The
 * order of saying and committing is the rules'.
 */
final class ClaimCycle {

    private static final int MOST = 20;
    private static final long GIVE_UP = World.millis(3_000);
    private static final long ACK_STEP = World.millis(5);

    /** What it works with. */
    record Parts(Node node, Cluster cluster, LaneConsumer consumer, Heart heart, Slots slots, Gates gates,
            Attempts attempts, Barrier barrier, Producer producer, Moments moments, Recorder recorder,
            Supplier<ClaimId> claimIds, Function<JobId, PlannedJob> plans) {}

    private static final class Batch {

        private final Map<Tenure, Long> positions = new LinkedHashMap<>();
        private final Map<Tenure, List<SimulatedClaim>> claims = new LinkedHashMap<>();
        private final Map<JobId, Fact> rejections = new LinkedHashMap<>();
        private final Map<ClaimId, CommandPosition> commands = new LinkedHashMap<>();
        private final Map<ClaimId, Barrier.Mark> marks = new LinkedHashMap<>();
        private int unacknowledged;
        private @Nullable Settlement settlement;
    }

    private final Parts parts;
    private final WorkerId worker;
    private final List<Rules.ClaimStep> steps;
    private final Settling settling;
    private final LaneSchedule lanes = new LaneSchedule(LaneSchedule.Policy.WEIGHTED);
    private boolean busy;
    private boolean nudged;
    private OptionalLong stopAskedAt = OptionalLong.empty();
    private Runnable afterwards = () -> {};
    private boolean left;
    private boolean failed;
    private Optional<Batch> underWay = Optional.empty();

    ClaimCycle(Parts parts, WorkerId worker, List<Rules.ClaimStep> steps) {
        this.parts = parts;
        this.worker = worker;
        this.steps = steps;
        this.settling = new Settling(parts.node(), parts.cluster().workers(), parts.consumer().membership(),
                new Settling.Poller() {
                    @Override
                    public void poll() {
                        parts.consumer().poll();
                    }

                    @Override
                    public boolean holds(Tenure tenure) {
                        return parts.consumer().buffers().holds(tenure);
                    }

                    @Override
                    public boolean mayClaim() {
                        return parts.heart().isSure();
                    }

                    @Override
                    public boolean givesUp() {
                        return ClaimCycle.this.givesUp();
                    }
                });
    }

    /** Makes it look for work soon. */
    void nudge() {
        if (!nudged && !busy) {
            nudged = true;
            parts.node().after(World.millis(1), this::turn);
        }
    }

    /** Claims nothing more, leaves the group when nothing is under way, and says so. */
    void stop(Runnable onLeft) {
        if (stopAskedAt.isEmpty()) {
            stopAskedAt = OptionalLong.of(parts.node().now());
            afterwards = onLeft;
            if (left) {
                onLeft.run();
            } else if (!busy) {
                leave();
            }
        }
    }

    /** It is over with this consumer. Nobody will learn what becomes of the claims that are under way. */
    void fail() {
        if (!left) {
            failed = true;
            underWay.ifPresent(batch -> batch.claims.values().forEach(list -> list.forEach(this::leaveUnknown)));
            leave();
        }
    }

    private void leave() {
        left = true;
        parts.consumer().membership().leave();
        afterwards.run();
    }

    private boolean givesUp() {
        return stopAskedAt.isPresent() && parts.node().now() - stopAskedAt.getAsLong() > GIVE_UP;
    }

    private void turn() {
        nudged = false;
        if (busy || left) {
            return;
        }
        long term = parts.heart().term();
        parts.gates().refresh();
        parts.consumer().membership().subscribe(parts.gates().reads());
        parts.consumer().poll();
        if (!parts.gates().isReady() || !parts.heart().isSure() || stopAskedAt.isPresent()) {
            return;
        }
        Batch batch = take(term);
        if (!batch.positions.isEmpty()) {
            busy = true;
            underWay = Optional.of(batch);
            next(batch, steps.iterator());
        }
    }

    private Batch take(long term) {
        Batch batch = new Batch();
        Instant now = parts.node().clock();
        for (int i = 0; i < MOST && mayStart(); i++) {
            Optional<TopicPartition> from = from(now);
            if (from.isEmpty()) {
                break;
            }
            take(parts.consumer().buffers().take(from.get()), batch, term);
        }
        return batch;
    }

    private boolean mayStart() {
        return parts.slots().isFree() && parts.gates().mayStart(parts.slots().taken());
    }

    private Optional<TopicPartition> from(Instant now) {
        Map<Lane, TopicPartition> heads = new EnumMap<>(Lane.class);
        Map<Lane, Instant> since = new EnumMap<>(Lane.class);
        for (ConsumerRecord<byte[], byte[]> head : parts.consumer().buffers().heads()) {
            TopicPartition partition = new TopicPartition(head.topic(), head.partition());
            Lane lane = parts.cluster().laneOf(partition);
            heads.putIfAbsent(lane, partition);
            since.putIfAbsent(lane, World.BEGINNING.plusNanos(source(partition, head.offset()).nanos()));
        }
        return lanes.next(since, now).map(heads::get);
    }

    private LogRecord source(TopicPartition partition, long offset) {
        return parts.cluster().log(partition).get(offset);
    }

    private void take(Taken taken, Batch batch, long term) {
        Tenure tenure = taken.tenure();
        LogRecord source = source(tenure.partition(), taken.source().offset());
        JobId job = (JobId) source.key();
        Fact.JobQueued command = (Fact.JobQueued) source.value();
        batch.positions.put(tenure, source.offset() + 1);
        boolean known = parts.consumer()
                .claimedHere()
                .contains(tenure.partition(), new ClaimedHere.Attempt(job, command.attempt()));
        boolean twice = batch.claims.getOrDefault(tenure, List.of())
                .stream()
                .anyMatch(claim -> claim.job().equals(job) && claim.attempt() == command.attempt());
        if (known || twice || parts.attempts().unwanted(job, command.attempt()).isPresent()) {
            return;
        }
        if (!parts.plans().apply(job).valid()) {
            batch.rejections.put(job, new Fact.JobRejected(JobError.of("invalid-params", "as planned"),
                    Optional.empty(), parts.node().clock()));
            return;
        }
        parts.slots().take();
        parts.gates().started();
        SimulatedClaim claim = new SimulatedClaim(job, command,
                JobPolicy.DEFAULT.with(command.submission().policy()), parts.claimIds().get(), term);
        parts.recorder().leases().claims(claim.id(),
                () -> parts.node().isUp() && parts.node().identity().equals(worker.value())
                        && parts.heart().isBeating() && parts.heart().holds(term));
        parts.recorder().took(claim.id(), worker);
        batch.claims.computeIfAbsent(tenure, _ -> new ArrayList<>()).add(claim);
        batch.commands.put(claim.id(), new CommandPosition(tenure.partition().topic(),
                tenure.partition().partition(), source.offset()));
    }

    private void next(Batch batch, Iterator<Rules.ClaimStep> further) {
        if (failed) {
            return;
        }
        if (!further.hasNext()) {
            conclude(batch);
            return;
        }
        switch (further.next()) {
            case ANNOUNCE -> announce(batch, () -> next(batch, further));
            case COMMIT -> {
                parts.moments().reached(Moment.COMMIT, parts.node());
                settling.settle(batch.positions, settlement -> {
                    batch.settlement = settlement;
                    next(batch, further);
                });
            }
        }
    }

    private void announce(Batch batch, Runnable announced) {
        parts.moments().reached(Moment.CLAIM, parts.node());
        batch.claims.values().forEach(list -> list.forEach(claim -> send(batch, claim.job(), started(batch, claim))));
        batch.rejections.forEach((job, fact) -> send(batch, job, fact));
        awaitAcknowledgements(batch, () -> {
            batch.claims.values()
                    .forEach(list -> list.forEach(claim -> batch.marks.put(claim.id(), parts.barrier().mark(claim))));
            announced.run();
        });
    }

    private Fact started(Batch batch, SimulatedClaim claim) {
        CommandPosition command = Optional.ofNullable(batch.commands.get(claim.id())).orElseThrow();
        parts.node().world().tell(() -> worker + " claims attempt " + claim.attempt() + " of " + claim.job() + " at "
                + command);
        return new Fact.AttemptStarted(claim.attempt(), claim.id(), worker, command, claim.retry(),
                parts.node().clock());
    }

    private void send(Batch batch, JobId job, Fact fact) {
        batch.unacknowledged++;
        parts.producer().send(parts.cluster().events(job), job, fact, () -> batch.unacknowledged--);
    }

    private void awaitAcknowledgements(Batch batch, Runnable all) {
        if (failed) {
            return;
        }
        if (batch.unacknowledged == 0) {
            all.run();
        } else if (givesUp()) {
            batch.claims.values().forEach(list -> list.forEach(this::abandon));
            end();
        } else {
            parts.node().after(ACK_STEP, () -> {
                parts.consumer().poll();
                awaitAcknowledgements(batch, all);
            });
        }
    }

    private void conclude(Batch batch) {
        batch.claims.forEach((tenure, list) -> list.forEach(claim -> {
            switch (Optional.ofNullable(batch.settlement).orElseThrow().verdict(tenure)) {
                case WON -> won(batch, tenure, claim);
                case LOST -> abandon(claim);
                case OPEN, UNKNOWN -> leaveUnknown(claim);
            }
        }));
        end();
    }

    private void end() {
        busy = false;
        underWay = Optional.empty();
        if (stopAskedAt.isPresent()) {
            leave();
        } else {
            nudge();
        }
    }

    private void won(Batch batch, Tenure tenure, SimulatedClaim claim) {
        if (parts.consumer().buffers().holds(tenure)) {
            parts.consumer().claimedHere().add(tenure.partition(), new ClaimedHere.Attempt(claim.job(),
                    claim.attempt()));
        }
        SimulatedAttempt attempt = parts.attempts().admit(claim);
        parts.barrier().pass(Optional.ofNullable(batch.marks.get(claim.id())).orElseThrow(), attempt);
    }

    private void abandon(SimulatedClaim claim) {
        tell(claim, new Fact.ClaimAbandoned(claim.attempt(), claim.id(), parts.node().clock()));
    }

    private void leaveUnknown(SimulatedClaim claim) {
        tell(claim, new Fact.ClaimDoubted(claim.attempt(), claim.id(), parts.node().clock()));
    }

    private void tell(SimulatedClaim claim, Fact fact) {
        parts.node().world()
                .tell(() -> worker + " does not run " + claim.id() + ": " + fact.getClass().getSimpleName());
        parts.recorder().leases().givesUp(claim.id());
        parts.producer().send(parts.cluster().events(claim.job()), claim.job(), fact, () -> {});
        parts.slots().give();
        parts.recorder().gaveBack(claim.id());
    }
}
