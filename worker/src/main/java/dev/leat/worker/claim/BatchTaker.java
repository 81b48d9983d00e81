package dev.leat.worker.claim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Topics.LaneOfPlugin;
import dev.leat.worker.claim.ClaimBatch.Entry;
import dev.leat.worker.claim.PartitionBuffers.Taken;
import dev.leat.worker.limit.PluginGates;
import dev.leat.worker.run.ClaimedAttempt;
import dev.leat.worker.slot.SlotPool;

/**
 * Takes the next batch out of the buffers: as many commands as there are free slots, and what is to be stepped over on
 * the way. Nothing is taken without a slot for its plugin, and nothing out of its partition's order.
 *
 * <p>Owned by the consumer's thread, the only one that reserves slots: a slot that is free stays so until it is reserved
 * here.
 */
final class BatchTaker {

    /** So that a lane full of poison does not keep the loop from polling. */
    private static final int MAX_BATCH = 500;

    /** What a taker works with. */
    record Parts(PartitionBuffers buffers, SlotPool slots, PluginGates gates, TakeOrder order, CommandJudge judge,
            RegistryWait registry) {}

    /** Who claims, and under which ids. */
    record Claimer(WorkerId worker, Supplier<ClaimId> claimIds, ClaimRecords records, InstantSource clock) {}

    private final Parts parts;
    private final Claimer claimer;
    private final HostedLanes lanes;

    /** @param lanes of the plugins that this worker hosts; records of others stay where they are */
    BatchTaker(Parts parts, Claimer claimer, HostedLanes lanes) {
        this.parts = parts;
        this.claimer = claimer;
        this.lanes = lanes;
    }

    /** Takes what can be taken now. The slots of its claims are reserved. */
    ClaimBatch take() {
        ClaimBatch batch = new ClaimBatch();
        Instant now = claimer.clock().instant();
        while (batch.size() < MAX_BATCH) {
            Optional<TakeOrder.Head> next = parts.order().next(takeable(), now);
            if (next.isEmpty()) {
                break;
            }
            take(next.get(), batch);
        }
        return batch;
    }

    private List<TakeOrder.Head> takeable() {
        long now = System.nanoTime();
        return parts.buffers()
                .heads()
                .stream()
                .filter(head -> lanes.lane(head.topic())
                        .filter(lane -> mayStart(lane.plugin()))
                        .isPresent())
                .filter(head -> parts.registry().mayTry(partition(head), now))
                .map(head -> new TakeOrder.Head(partition(head), lane(head).plugin(), lane(head).lane(),
                        Instant.ofEpochMilli(head.timestamp())))
                .toList();
    }

    private boolean mayStart(String plugin) {
        return parts.slots().hasFreeFor(plugin) && parts.gates().mayStart(plugin, parts.slots().reservedBy(plugin));
    }

    private void take(TakeOrder.Head head, ClaimBatch batch) {
        ConsumerRecord<byte[], byte[]> source = parts.buffers().head(head.partition());
        CommandJudge.Verdict verdict = parts.judge().judge(source);
        if (verdict instanceof CommandJudge.Wait) {
            parts.registry().add(head.partition(), System.nanoTime());
            return;
        }
        parts.registry().answered(head.partition());
        Taken taken = parts.buffers().take(head.partition());
        batch.add(switch (verdict) {
            case CommandJudge.Run run when batch.claims(taken.tenure(), run.job(), run.command().attempt()) ->
                new Entry(taken, Optional.empty(), Optional.empty());
            case CommandJudge.Run run -> claim(taken, run, head.plugin());
            case CommandJudge.StepOver _ -> new Entry(taken, Optional.empty(), Optional.empty());
            case CommandJudge.Reject reject -> new Entry(taken,
                    Optional.of(claimer.records().of(reject.job(), reject.fact())), Optional.empty());
            case CommandJudge.Bury bury -> new Entry(taken,
                    Optional.of(claimer.records().deadLetter(source, bury.reason(), bury.detail())), Optional.empty());
            case CommandJudge.Wait wait -> throw new IllegalStateException("Expected a final verdict, but got " + wait);
        });
    }

    private Entry claim(Taken taken, CommandJudge.Run run, String plugin) {
        SlotPool.Slot slot = parts.slots()
                .tryReserve(plugin)
                .orElseThrow(() -> new IllegalStateException("Expected a free slot for " + plugin
                        + ", but somebody else has taken it"));
        run.work().hold();
        parts.gates().started(plugin);
        ConsumerRecord<byte[], byte[]> source = taken.source();
        ClaimId claim = claimer.claimIds().get();
        Fact.JobQueued command = run.command();
        ClaimedAttempt.Rules rules = ClaimedAttempt.Rules.of(run.policy(), run.job(), command.spent());
        Fact.AttemptStarted started = new Fact.AttemptStarted(command.attempt(), claim, claimer.worker(),
                new CommandPosition(source.topic(), source.partition(), source.offset()), rules.retry(),
                claimer.clock().instant());
        return new Entry(taken, Optional.of(claimer.records().of(run.job(), started)), Optional.of(
                new ClaimedAttempt(run.job(), command.submission().type(), command.attempt(), claim, rules,
                        command.checkpoint(), command.awaited(),
                        run.work(),
                        slot)));
    }

    private LaneOfPlugin lane(ConsumerRecord<byte[], byte[]> head) {
        return lanes.lane(head.topic())
                .orElseThrow(() -> new IllegalStateException(
                        "Expected records of hosted lanes only, but got one of " + head.topic()));
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> head) {
        return new TopicPartition(head.topic(), head.partition());
    }
}
