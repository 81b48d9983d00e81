package dev.leat.worker.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.LaneSchedule;
import dev.leat.worker.claim.ClaimBatch.Entry;
import dev.leat.worker.claim.PartitionBuffers.Tenure;
import dev.leat.worker.run.ClaimedAttempt;
import dev.leat.worker.run.RunningAttempt;
import dev.leat.worker.slot.SlotPool;

/**
 * Claims commands with one consumer, from its subscription to its end. This is the protocol:
 *
 * <pre>
 *      poll                                   records wait in {@link PartitionBuffers}
 *   1  reserve slots, take a batch            only while the lease is sure; {@link BatchTaker}: in offset order within
 *                                             each partition
 *   2  send what is due                       AttemptStarted for each claim; for what is stepped over, its JobRejected
 *                                             or its dead letter, if any
 *   3  wait for every acknowledgement         {@link Announcement}
 *   4  ask where control ends  |  commit      {@link CancelBarrier} | {@link OffsetCommit}: offset + 1 of each
 *                              |              partition that is still held, while the lease is sure
 *   5  won: pass the barrier, then run        lost: say ClaimAbandoned, give the slot back
 * </pre>
 *
 * <p><b>What holds.</b> Every record between a partition's committed position and the consumer's is in the buffer or in
 * the one batch under way. So nothing is committed that was not claimed or stepped over, and nothing is left out. A
 * command runs only after its commit was won, and a position is won by one worker.
 *
 * <p><b>The process dies after</b>
 * <ul>
 * <li>1: nothing has happened; whoever owns the partition next gets the commands.
 * <li>2 or 3: a started fact may stand in the events and the job shows as running, but its offset is not committed. The
 * command is delivered again, to a worker that claims it under another claim and runs it: still the first run. A
 * rejection or a dead letter may come twice, which changes nothing.
 * <li>4, before the commit reached the group: as above; the projector shows the job as queued again once this worker's
 * lease has run out. After it: the job is this worker's and goes the way of all that it was running: its lease runs out, a
 * try is spent, and another attempt is queued if one is left.
 * <li>5: likewise.
 * </ul>
 *
 * <p><b>The lease is doubted</b> ({@link dev.leat.worker.lease.LeaseWatch}), because Kafka does not answer or this process
 * was suspended. Nothing is taken and nothing is committed until it is sure again. A batch that was under way is committed
 * then, if its partitions are still held, but does not run: others may have seen this worker as lost meanwhile and its jobs
 * as waiting, and somebody may have cancelled them on the strength of that. What was won is handed back by {@code
 * AttemptReleased}, which spends no try. The same goes for a commit that was sent before the doubt and answered after it.
 *
 * <p><b>An acknowledgement does not come.</b> Nothing has been committed, so nothing runs. The producer tries for weeks,
 * and what it gives up or the broker refuses is sent again, the same claim in the same bytes: a fact that comes twice
 * counts once. Meanwhile this thread polls, so that the worker stays in its group. Nothing is fetched twice: the batch
 * waits in memory for its facts, and is behind its partition's position all the time. Where the partition is lost over
 * it, the claims are abandoned; {@code ClaimAbandoned} goes through the same producer and so comes after the started
 * fact, if that ever arrives.
 *
 * <p><b>The commit's outcome is unknown.</b> Nothing runs and nothing is abandoned until it is known ({@link
 * Settlement}). The consumer is not sought back either: the position either was committed, or is committed again. Where
 * this worker cannot learn it any more, because it stops or because this session fails, it says so by {@code ClaimDoubted}:
 * the attempt does not run here, and the projector asks Kafka what has become of the commit.
 *
 * <p><b>A partition is lost.</b> The callback, which runs on this thread inside of a poll, drops what is buffered and
 * ends the partition's {@link Tenure}. A batch that is under way notices at its commit. When the partition comes back,
 * Kafka starts it at the committed position, with a new tenure: what was taken before is not committed any more.
 *
 * <p><b>The worker's plugins change.</b> Between two batches the session goes on with what is hosted then ({@link
 * HostedLanes}) and subscribes to other lanes where these have changed. Kafka takes the partitions of the others away by the
 * callback, as when another worker gets them; until it does, their records stay in the buffers and are not looked at:
 * nothing of a plugin that is not hosted is judged, claimed or committed. Attempts of a replaced version go on with it.
 *
 * <p><b>Threads.</b> Everything here is owned by the consumer's thread, except {@link #wake}, {@link #isJoined}.
 */
final class ClaimSession implements Membership {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimSession.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration ACK_STEP = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final PartitionBuffers.Limits BUFFERS = new PartitionBuffers.Limits(500, 32L << 20);
    private static final int REMEMBERED_CLAIMS = 1_000;

    /** What outlives the session. */
    record Surroundings(SlotPool slots, ClaimIds claimIds, BooleanSupplier givesUp) {}

    private final ClaimSetup setup;
    private final Surroundings around;
    private final Consumer<byte[], byte[]> consumer;
    private final PollWaker waker;
    private final PartitionBuffers buffers;
    private final ClaimedHere claimedHere = new ClaimedHere(REMEMBERED_CLAIMS);
    private final RegistryWait registry = new RegistryWait();
    private final ClaimRecords records;
    private final HostedLanes lanes;
    private final BatchTaker taker;
    private final OffsetCommit commit;
    private final Tenures tenures = new Tenures();
    private volatile boolean joined;

    ClaimSession(ClaimSetup setup, Surroundings around, Consumer<byte[], byte[]> consumer) {
        this.setup = setup;
        this.around = around;
        this.consumer = consumer;
        this.waker = new PollWaker(consumer);
        this.buffers = new PartitionBuffers(BUFFERS, around.claimIds()::nextTenure);
        this.records = new ClaimRecords(setup.topics(), setup.codecs().events(), setup.worker());
        this.lanes = new HostedLanes(setup.plugins(), setup.gates(), setup.topics());
        CommandJudge judge = new CommandJudge(setup.codecs().commands(), lanes::catalog, setup.jobs(),
                claimedHere, setup.clock());
        this.taker = new BatchTaker(
                new BatchTaker.Parts(buffers, around.slots(), setup.gates(),
                        new TakeOrder(new LaneSchedule(setup.policy())), judge, registry),
                new BatchTaker.Claimer(setup.worker(), around.claimIds()::nextClaim, records, setup.clock()),
                lanes);
        this.commit = new OffsetCommit(consumer, this);
    }

    /** Claims until the worker stops, then leaves the group. */
    void run(BooleanSupplier stopping) {
        try {
            limitSlots();
            subscribe();
            while (!stopping.getAsBoolean()) {
                follow();
                turn();
            }
        } finally {
            joined = false;
            try {
                consumer.close(CloseOptions.timeout(CLOSE));
            } finally {
                lanes.close();
            }
        }
    }

    /** Reads other lanes where the worker hosts other plugins by now. Not in the middle of a batch. */
    private void follow() {
        if (lanes.follow()) {
            limitSlots();
            subscribe();
        }
    }

    private void limitSlots() {
        around.slots().limit(lanes.limits(), lanes.catalog().plugins().size() > 1);
    }

    private void subscribe() {
        if (lanes.topics().equals(consumer.subscription())) {
            return;
        }
        if (lanes.topics().isEmpty()) {
            consumer.unsubscribe();
        } else {
            consumer.subscribe(lanes.topics(), tenures);
        }
    }

    /** Makes the loop look for work. Any thread. */
    void wake() {
        waker.wake();
    }

    /** Whether the consumer is a member of its group. Any thread. */
    boolean isJoined() {
        return joined;
    }

    private void turn() {
        // Asked for before anything is taken: a lease that is doubted from here on keeps the batch from running.
        long term = setup.lease().term();
        ClaimBatch batch = mayClaim() ? taker.take() : new ClaimBatch();
        if (batch.isEmpty()) {
            poll(setup.gates().atMost(IDLE));
        } else {
            claim(batch, term);
            poll(Duration.ZERO);
        }
    }

    @Override
    public void poll(Duration timeout) {
        PartitionBuffers.Regulation regulation = buffers.regulate();
        if (!regulation.pause().isEmpty()) {
            consumer.pause(regulation.pause());
        }
        if (!regulation.resume().isEmpty()) {
            consumer.resume(regulation.resume());
        }
        if (consumer.subscription().isEmpty()) {
            // Kafka refuses to poll for nothing; and all that can be done for no plugins is done.
            LockSupport.parkNanos(timeout.toNanos());
            joined = true;
            return;
        }
        waker.poll(timeout).forEach(buffers::add);
        joined = consumer.groupMetadata().generationId() > 0;
    }

    @Override
    public boolean holds(Tenure tenure) {
        return buffers.holds(tenure);
    }

    @Override
    public boolean mayClaim() {
        return setup.lease().isSure();
    }

    @Override
    public boolean givesUp() {
        return around.givesUp().getAsBoolean();
    }

    private void claim(ClaimBatch batch, long term) {
        Settlement settlement;
        Optional<CancelBarrier.Mark> mark;
        try {
            Announcement announcement = new Announcement(setup.clients().producer(), batch.due());
            if (!awaitAcknowledgement(announcement)) {
                batch.claims().forEach(this::abandon);
                return;
            }
            mark = batch.claims().isEmpty()
                    ? Optional.empty()
                    : Optional.of(setup.barrier().mark(batch.claims().stream().map(ClaimedAttempt::job).toList()));
            settlement = commit.settle(batch.positions());
        } catch (RuntimeException | Error e) {
            // Not abandoned: the commit may have been won. If it was not, the commands come again.
            batch.claims().forEach(this::leaveUnknown);
            throw e;
        }
        List<RunningAttempt> won = conclude(batch, settlement, term);
        mark.ifPresent(passed -> setup.barrier().pass(passed, won));
    }

    private boolean awaitAcknowledgement(Announcement announcement) {
        try {
            while (!announcement.await(ACK_STEP)) {
                if (givesUp()) {
                    return false;
                }
                poll(ACK_STEP);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The attempts that were won. */
    private List<RunningAttempt> conclude(ClaimBatch batch, Settlement settlement, long term) {
        List<RunningAttempt> won = new ArrayList<>();
        for (Tenure tenure : batch.positions().keySet()) {
            List<ClaimedAttempt> claims = batch.of(tenure).stream().flatMap(entry -> entry.claim().stream()).toList();
            switch (settlement.verdict(tenure)) {
                case WON -> claims.forEach(claim -> {
                    remember(tenure, claim);
                    won.add(setup.attempts().admit(claim, term));
                });
                case LOST -> claims.forEach(this::abandon);
                case OPEN, UNKNOWN -> claims.forEach(this::leaveUnknown);
            }
        }
        return won;
    }

    private void remember(Tenure tenure, ClaimedAttempt claim) {
        if (holds(tenure)) {
            claimedHere.add(tenure.partition(), new ClaimedHere.Attempt(claim.job(), claim.number()));
        }
    }

    private void abandon(ClaimedAttempt claim) {
        LOG.info("Abandoned {}: its partition went to another worker", claim);
        tell(claim, new Fact.ClaimAbandoned(claim.number(), claim.claim(), setup.clock().instant()));
    }

    /** The projector finds out whether it was won, as it does for a worker that is gone. */
    private void leaveUnknown(ClaimedAttempt claim) {
        LOG.error("Expected to learn whether {} was won, but could not; it does not run here", claim);
        tell(claim, new Fact.ClaimDoubted(claim.number(), claim.claim(), setup.clock().instant()));
    }

    /** Says that the claim does not run here, and gives its slot back. */
    private void tell(ClaimedAttempt claim, Fact fact) {
        try {
            var _ = setup.clients().producer().send(records.of(claim.job(), fact), (_, failure) -> {
                if (failure != null) {
                    LOG.warn("Expected to say of {} that it does not run here, but: {}", claim, failure.toString());
                }
            });
        } finally {
            claim.giveBack();
        }
    }

    /** Keeps the tenures. Called on the consumer's thread, from inside of a poll or of its closing. */
    private final class Tenures implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debug("Assigned {}", partitions);
            buffers.assigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            LOG.debug("Revoked {}", partitions);
            buffers.revoked(partitions);
            claimedHere.revoked(partitions);
            registry.revoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.warn("Expected to keep {}, but the group has expelled this worker; it joins again", partitions);
            onPartitionsRevoked(partitions);
        }
    }
}
