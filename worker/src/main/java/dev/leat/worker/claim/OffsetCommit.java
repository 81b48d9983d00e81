package dev.leat.worker.claim;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.worker.claim.PartitionBuffers.Tenure;

/**
 * Commits the positions of a batch and comes back when it is known which of them were won: does what {@link Settlement}
 * says, for as long as it takes. In between it polls, so that the worker stays in its group and learns of partitions
 * that it has lost.
 *
 * <p>While the worker is not sure of its lease it commits nothing, and goes on polling.
 *
 * <p>Before the first commit of a tenure it reads the partition's {@link Lineage}, and goes on with that.
 *
 * <p>For the consumer's thread.
 */
final class OffsetCommit {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommit.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final Membership membership;
    /** Of the tenures that last and in which something was committed or about to be. */
    private final Map<Tenure, Lineage> lineages = new HashMap<>();

    OffsetCommit(Consumer<byte[], byte[]> consumer, Membership membership) {
        this.consumer = consumer;
        this.membership = membership;
    }

    /** The final verdicts; partitions stay open only where the worker gave up because it stops. */
    Settlement settle(Map<Tenure, Long> positions) {
        Settlement settlement = new Settlement(positions);
        while (true) {
            settlement.forgoLost(membership::holds);
            commit(settlement);
            ask(settlement);
            if (settlement.isSettled() || membership.givesUp()) {
                lineages.keySet().removeIf(tenure -> !membership.holds(tenure));
                return settlement;
            }
            membership.poll(PAUSE);
        }
    }

    private void commit(Settlement settlement) {
        List<Tenure> committed = settlement.committable(membership::holds);
        if (committed.isEmpty() || !knowLineages(committed) || !membership.mayClaim()) {
            return;
        }
        try {
            consumer.commitSync(offsets(settlement, committed), PATIENCE);
            settlement.accepted(committed);
        } catch (KafkaException e) { // A refusal, a timeout, a broken connection: whichever, the outcome is not known.
            LOG.info("Expected to commit {}, but: {}; asking where they are committed", committed, e.toString());
            settlement.unsure(committed);
        }
    }

    private boolean knowLineages(List<Tenure> tenures) {
        List<Tenure> unknown = tenures.stream().filter(tenure -> !lineages.containsKey(tenure)).toList();
        if (unknown.isEmpty()) {
            return true;
        }
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = committed(unknown);
            unknown.forEach(tenure -> {
                @Nullable
                OffsetAndMetadata there = committed.get(tenure.partition());
                lineages.put(tenure, there == null
                        ? Lineage.parse("").continuedBy(tenure.id(), 0)
                        : Lineage.parse(there.metadata()).continuedBy(tenure.id(), there.offset()));
            });
            return true;
        } catch (KafkaException e) {
            LOG.warn("Expected Kafka to say where {} are committed, but it is asked again: {}", unknown, e.toString());
            return false;
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Settlement settlement, List<Tenure> tenures) {
        return tenures.stream()
                .collect(Collectors.toMap(Tenure::partition, tenure -> new OffsetAndMetadata(
                        settlement.position(tenure), String.valueOf(lineages.get(tenure)))));
    }

    private void ask(Settlement settlement) {
        List<Tenure> doubtful = settlement.doubtful();
        if (doubtful.isEmpty()) {
            return;
        }
        Set<Tenure> held = doubtful.stream().filter(membership::holds).collect(Collectors.toSet());
        try {
            settlement.told(committed(doubtful), held::contains);
        } catch (KafkaException e) {
            LOG.warn("Expected Kafka to say where {} are committed, but it is asked again: {}", doubtful,
                    e.toString());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Collection<Tenure> tenures) {
        Set<TopicPartition> partitions = tenures.stream().map(Tenure::partition).collect(Collectors.toSet());
        return consumer.committed(partitions, PATIENCE);
    }
}
