package dev.leat.simulation.kafka;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;

import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/**
 * A process as a member of a group: beats, and learns what it owns. What it learns takes effect only when its owner
 * {@linkplain #poll polls}, as with Kafka's consumer.
 */
public final class Membership {

    /** The connection of all that a member asks of its group. */
    public static final String COORDINATOR = "coordinator";

    private static final long BEAT = World.millis(1_000);
    private static final long PATIENCE = World.millis(3_000);

    /** What a member does about partitions that come and go. */
    public interface Listener {

        void assigned(Set<TopicPartition> partitions);

        void revoked(Set<TopicPartition> partitions);

        /** There is something to learn by a poll. */
        void changed();
    }

    private final Node node;
    private final String id;
    private final Group group;
    private final Listener listener;
    private final Set<TopicPartition> owned = new HashSet<>();
    private Optional<Group.Assignment> news = Optional.empty();
    private int epoch;
    private int beats;
    private boolean inFlight;
    private boolean left;
    private boolean subscribed = true;

    /** @param id not used by any member before */
    public Membership(Node node, String id, Group group, Listener listener) {
        this.node = node;
        this.id = id;
        this.group = group;
        this.listener = listener;
        beat();
    }

    private void beat() {
        if (left || inFlight || news.isPresent()) {
            return;
        }
        inFlight = true;
        int sent = ++beats;
        int sentEpoch = epoch;
        Set<TopicPartition> told = Set.copyOf(owned);
        boolean wanting = subscribed;
        node.ask(COORDINATOR, () -> group.heartbeat(id, sentEpoch, told, wanting), answer -> {
            inFlight = false;
            answer.ifPresent(this::learn);
            node.after(answer.isPresent() ? BEAT : 0, () -> {
                if (sent == beats) {
                    beat();
                }
            });
        }, PATIENCE);
    }

    private void learn(Group.Assignment assignment) {
        if (left) {
            return;
        }
        if (assignment.known() && assignment.partitions().equals(owned)) {
            epoch = assignment.epoch();
        } else {
            news = Optional.of(assignment);
            listener.changed();
        }
    }

    /** Learns what has come and gone. */
    public void poll() {
        news.ifPresent(assignment -> {
            news = Optional.empty();
            Set<TopicPartition> gone = new HashSet<>(owned);
            gone.removeAll(assignment.partitions());
            Set<TopicPartition> come = new HashSet<>(assignment.partitions());
            come.removeAll(owned);
            owned.retainAll(assignment.partitions());
            owned.addAll(come);
            epoch = assignment.epoch();
            if (!gone.isEmpty()) {
                listener.revoked(gone);
            }
            if (!come.isEmpty()) {
                listener.assigned(come);
            }
            beat();
        });
    }

    /** Wants partitions, or none any more; the group learns of it by the next beat. */
    public void subscribe(boolean wanted) {
        if (subscribed != wanted) {
            subscribed = wanted;
            beat();
        }
    }

    public String id() {
        return id;
    }

    public int epoch() {
        return epoch;
    }

    /** Leaves the group; what it owned is gone. */
    public void leave() {
        left = true;
        Set<TopicPartition> gone = Set.copyOf(owned);
        owned.clear();
        listener.revoked(gone);
        node.ask(COORDINATOR, () -> {
            group.leave(id);
            return true;
        }, _ -> {}, PATIENCE);
    }
}
