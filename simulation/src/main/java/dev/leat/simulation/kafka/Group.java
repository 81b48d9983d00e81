package dev.leat.simulation.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.leat.simulation.world.World;

/**
 * The coordinator of a consumer group, as the protocol of KIP-848 has it: members say by heartbeats what they own, are
 * told what they may, and get a partition only once its last owner has given it back or was expelled for its silence.
 *
 * <p>A commit is refused where its member was expelled or its epoch is not the member's. Apart from that it is accepted
 * for any partition, also for one that the member does not own: so does Kafka.
 */
public final class Group {

    private static final class Member {

        private final Set<TopicPartition> held = new HashSet<>();
        private int epoch;
        private int earlierEpoch;
        private long lastSeen;
        private boolean subscribed = true;
    }

    /**
     * What a member is told.
     *
     * @param known false where the member was expelled and has to join again
     */
    public record Assignment(boolean known, int epoch, Set<TopicPartition> partitions) {

        private static final Assignment UNKNOWN = new Assignment(false, 0, Set.of());
    }

    private final World world;
    private final long sessionTimeout;
    private final List<TopicPartition> partitions;
    private final Map<String, Member> members = new TreeMap<>();
    private final Map<TopicPartition, String> target = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private int epoch = 1;

    public Group(World world, long sessionTimeoutNanos, List<TopicPartition> partitions) {
        this.world = world;
        this.sessionTimeout = sessionTimeoutNanos;
        this.partitions = List.copyOf(partitions);
    }

    /** A member lives, wants partitions, and owns these; one that joins says so by epoch 0. */
    public Assignment heartbeat(String id, int memberEpoch, Set<TopicPartition> owned) {
        return heartbeat(id, memberEpoch, owned, true);
    }

    /** @param subscribed whether the member wants any partitions */
    Assignment heartbeat(String id, int memberEpoch, Set<TopicPartition> owned, boolean subscribed) {
        @Nullable
        Member member = memberEpoch == 0 ? join(id) : members.get(id);
        if (member == null || (memberEpoch != member.epoch && memberEpoch != member.earlierEpoch)) {
            return Assignment.UNKNOWN;
        }
        member.lastSeen = world.now();
        watch(id, member);
        if (member.subscribed != subscribed) {
            member.subscribed = subscribed;
            rebalance();
        }
        member.held.removeIf(partition -> !isTarget(id, partition) && !owned.contains(partition));
        if (member.held.stream().allMatch(partition -> isTarget(id, partition))) {
            if (member.epoch != epoch) {
                member.earlierEpoch = member.epoch;
                member.epoch = epoch;
            }
            partitions.stream().filter(free -> isTarget(id, free) && isFree(free)).forEach(member.held::add);
        }
        Set<TopicPartition> assigned = new HashSet<>(member.held);
        assigned.removeIf(partition -> !isTarget(id, partition));
        return new Assignment(true, member.epoch, Set.copyOf(assigned));
    }

    private Member join(String id) {
        Member member = new Member();
        members.put(id, member);
        member.lastSeen = world.now();
        rebalance();
        return member;
    }

    private void watch(String id, Member member) {
        long seen = member.lastSeen;
        world.after(sessionTimeout, () -> {
            if (member.lastSeen == seen && members.get(id) == member) {
                world.tell(() -> "the group expels " + id);
                leave(id);
            }
        });
    }

    /** A member goes, or was silent for too long. */
    public void leave(String id) {
        if (members.remove(id) != null) {
            rebalance();
        }
    }

    /** Gives partitions anew, at random, to the members that want some. */
    public void rebalance() {
        epoch++;
        target.clear();
        List<String> ids = new ArrayList<>(members.keySet());
        ids.removeIf(id -> !Optional.ofNullable(members.get(id)).orElseThrow().subscribed);
        if (!ids.isEmpty()) {
            partitions.forEach(partition -> target.put(partition, ids.get(world.random().nextInt(ids.size()))));
        }
    }

    private boolean isTarget(String id, TopicPartition partition) {
        return id.equals(target.get(partition));
    }

    private boolean isFree(TopicPartition partition) {
        return members.values().stream().noneMatch(member -> member.held.contains(partition));
    }

    /** Whether the group takes something from this member in this epoch. */
    public boolean isCurrent(String id, int memberEpoch) {
        return Optional.ofNullable(members.get(id)).filter(member -> member.epoch == memberEpoch).isPresent();
    }

    /** Commits; whether it was accepted. */
    public boolean commit(String id, int memberEpoch, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!isCurrent(id, memberEpoch)) {
            return false;
        }
        committed.putAll(offsets);
        return true;
    }

    /** What is committed of these partitions; those of which nothing is are left out. */
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> asked) {
        Map<TopicPartition, OffsetAndMetadata> answer = new HashMap<>();
        asked.forEach(partition -> Optional.ofNullable(committed.get(partition))
                .ifPresent(offset -> answer.put(partition, offset)));
        return answer;
    }
}
