package dev.leat.simulation.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.LogRecord;
import dev.leat.simulation.kafka.Membership;
import dev.leat.simulation.kafka.Tail;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;
import dev.leat.worker.claim.ClaimedHere;
import dev.leat.worker.claim.PartitionBuffers;
import dev.leat.worker.claim.PartitionBuffers.Tenure;

/**
 * The worker's consumer: fetches what its partitions hold, from where they are committed; what was fetched, and what has
 * come and gone, takes effect in {@link #poll}.
 */
final class LaneConsumer implements Membership.Listener {

    private static final PartitionBuffers.Limits LIMITS = new PartitionBuffers.Limits(500, 1 << 20);
    private static final long PATIENCE = World.millis(2_000);
    private static final byte[] NOTHING = {};

    private record Fetched(Tenure tenure, LogRecord source) {}

    private final Node node;
    private final Cluster cluster;
    private final PartitionBuffers buffers;
    private final ClaimedHere claimedHere = new ClaimedHere(1_000);
    private final Map<TopicPartition, Tail> tails = new HashMap<>();
    private final Deque<Fetched> fetched = new ArrayDeque<>();
    private final Membership membership;
    private final Supplier<String> tenureIds;
    private final Runnable onNews;
    private String nextTenure = "";

    /**
     * Joins the group.
     *
     * @param onNews there is something to poll
     */
    LaneConsumer(Node node, String memberId, Cluster cluster, Supplier<String> tenureIds, Runnable onNews) {
        this.node = node;
        this.cluster = cluster;
        this.tenureIds = tenureIds;
        this.onNews = onNews;
        this.buffers = new PartitionBuffers(LIMITS, () -> nextTenure);
        this.membership = new Membership(node, memberId, cluster.workers(), this);
    }

    PartitionBuffers buffers() {
        return buffers;
    }

    ClaimedHere claimedHere() {
        return claimedHere;
    }

    Membership membership() {
        return membership;
    }

    void poll() {
        membership.poll();
        while (!fetched.isEmpty()) {
            Fetched next = fetched.remove();
            if (buffers.holds(next.tenure())) {
                buffers.add(new ConsumerRecord<>(next.tenure().partition().topic(),
                        next.tenure().partition().partition(), next.source().offset(), NOTHING, NOTHING));
            }
        }
    }

    @Override
    public void assigned(Set<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            nextTenure = tenureIds.get();
            buffers.assigned(Set.of(partition));
            Tenure tenure = new Tenure(partition, nextTenure);
            seek(tenure);
        });
    }

    private void seek(Tenure tenure) {
        node.ask(Membership.COORDINATOR, () -> cluster.workers().committed(Set.of(tenure.partition())), answer -> {
            if (!buffers.holds(tenure)) {
                return;
            }
            if (answer.isEmpty()) {
                seek(tenure);
                return;
            }
            long position = Optional.ofNullable(answer.get().get(tenure.partition()))
                    .map(OffsetAndMetadata::offset)
                    .orElse(0L);
            tails.put(tenure.partition(),
                    Tail.of(node, cluster.log(tenure.partition()), position, () -> true, source -> {
                        fetched.add(new Fetched(tenure, source));
                        onNews.run();
                    }));
        }, PATIENCE);
    }

    @Override
    public void revoked(Set<TopicPartition> partitions) {
        buffers.revoked(partitions);
        claimedHere.revoked(partitions);
        partitions.forEach(partition -> {
            Optional.ofNullable(tails.remove(partition)).ifPresent(Tail::close);
        });
    }

    @Override
    public void changed() {
        onNews.run();
    }

    void close() {
        tails.values().forEach(Tail::close);
    }
}
