package dev.leat.simulation.worker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import dev.leat.simulation.kafka.Group;
import dev.leat.simulation.kafka.Membership;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;
import dev.leat.worker.claim.Lineage;
import dev.leat.worker.claim.PartitionBuffers.Tenure;
import dev.leat.worker.claim.Settlement;

/**
 * Commits the positions of a batch and finds out what came of it, as the worker's {@code OffsetCommit} does: while it
 * waits for an answer its consumer does not poll, in between it does.
 */
final class Settling {

    private static final long PATIENCE = World.millis(5_000);
    private static final long PAUSE = World.millis(50);

    /** The consumer's side. */
    interface Poller {

        void poll();

        boolean holds(Tenure tenure);

        boolean mayClaim();

        /** Whether the worker stops and has waited long enough. */
        boolean givesUp();
    }

    private final Node node;
    private final Group group;
    private final Membership membership;
    private final Poller consumer;
    private final Map<Tenure, Lineage> lineages = new HashMap<>();

    Settling(Node node, Group group, Membership membership, Poller consumer) {
        this.node = node;
        this.group = group;
        this.membership = membership;
        this.consumer = consumer;
    }

    void settle(Map<Tenure, Long> positions, Consumer<Settlement> settled) {
        round(new Settlement(positions), settled);
    }

    private void round(Settlement settlement, Consumer<Settlement> settled) {
        settlement.forgoLost(consumer::holds);
        List<Tenure> committed = settlement.committable(consumer::holds);
        if (committed.isEmpty()) {
            ask(settlement, settled);
        } else {
            knowLineages(committed, () -> commit(settlement, committed, settled), () -> ask(settlement, settled));
        }
    }

    private void knowLineages(List<Tenure> tenures, Runnable known, Runnable unknown) {
        List<Tenure> missing = tenures.stream().filter(tenure -> !lineages.containsKey(tenure)).toList();
        if (missing.isEmpty()) {
            known.run();
            return;
        }
        Set<TopicPartition> partitions = partitions(missing);
        node.ask(Membership.COORDINATOR, () -> group.committed(partitions), answer -> {
            if (answer.isEmpty()) {
                unknown.run();
                return;
            }
            missing.forEach(tenure -> {
                OffsetAndMetadata there = answer.get().get(tenure.partition());
                lineages.put(tenure, there == null
                        ? Lineage.parse("").continuedBy(tenure.id(), 0)
                        : Lineage.parse(there.metadata()).continuedBy(tenure.id(), there.offset()));
            });
            known.run();
        }, PATIENCE);
    }

    private void commit(Settlement settlement, List<Tenure> committed, Consumer<Settlement> settled) {
        if (!consumer.mayClaim()) {
            ask(settlement, settled);
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        committed.forEach(tenure -> offsets.put(tenure.partition(), new OffsetAndMetadata(
                settlement.position(tenure), String.valueOf(lineages.get(tenure)))));
        int epoch = membership.epoch();
        node.ask(Membership.COORDINATOR, () -> group.commit(membership.id(), epoch, offsets), answer -> {
            if (answer.orElse(false)) {
                settlement.accepted(committed);
            } else {
                settlement.unsure(committed);
            }
            ask(settlement, settled);
        }, PATIENCE);
    }

    private void ask(Settlement settlement, Consumer<Settlement> settled) {
        List<Tenure> doubtful = settlement.doubtful();
        if (doubtful.isEmpty()) {
            goOn(settlement, settled);
            return;
        }
        Set<Tenure> held = new HashSet<>(doubtful);
        held.removeIf(tenure -> !consumer.holds(tenure));
        Set<TopicPartition> partitions = partitions(doubtful);
        node.ask(Membership.COORDINATOR, () -> group.committed(partitions), answer -> {
            answer.ifPresent(there -> settlement.told(there, held::contains));
            goOn(settlement, settled);
        }, PATIENCE);
    }

    private void goOn(Settlement settlement, Consumer<Settlement> settled) {
        if (settlement.isSettled() || consumer.givesUp()) {
            lineages.keySet().removeIf(tenure -> !consumer.holds(tenure));
            settled.accept(settlement);
            return;
        }
        node.after(PAUSE, () -> {
            consumer.poll();
            round(settlement, settled);
        });
    }

    private static Set<TopicPartition> partitions(List<Tenure> tenures) {
        return tenures.stream().map(Tenure::partition).collect(Collectors.toSet());
    }
}
