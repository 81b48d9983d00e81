package dev.leat.simulation.projector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;

import dev.leat.simulation.kafka.Membership;
import dev.leat.simulation.world.World;

/** A projector's life: a member of its group, with a task for each partition that it owns. */
final class ProjectorLife implements Membership.Listener {

    private static final long STEP = World.millis(20);

    private final ProjectorNode node;
    private final ProjectorNode.Setup setup;
    private final WorkerWatch watch;
    private final Map<TopicPartition, ProjectorTask> tasks = new HashMap<>();
    private final Membership membership;
    private boolean rebalancing;

    ProjectorLife(ProjectorNode node, ProjectorNode.Setup setup) {
        this.node = node;
        this.setup = setup;
        this.watch = new WorkerWatch(node, setup.cluster().heartbeats());
        this.membership = new Membership(node, node.identity(), setup.cluster().projectors(), this);
    }

    void died() {
        tasks.values().forEach(ProjectorTask::close);
        watch.close();
    }

    /** Waits until no task is in the middle of a commit, as a stream thread does that commits before it rebalances. */
    @Override
    public void changed() {
        if (!rebalancing) {
            rebalancing = true;
            node.after(STEP, this::poll);
        }
    }

    /** Whether tasks read nothing more, so that what they have done can be committed. */
    boolean isRebalancing() {
        return rebalancing;
    }

    private void poll() {
        if (tasks.values().stream().allMatch(ProjectorTask::commitNow)) {
            rebalancing = false;
            membership.poll();
            tasks.replaceAll((partition, task) -> task.isClosed() ? begin(partition) : task);
            tasks.values().forEach(ProjectorTask::wake);
        } else {
            node.after(STEP, this::poll);
        }
    }

    @Override
    public void assigned(Set<TopicPartition> partitions) {
        partitions.forEach(partition -> tasks.put(partition, begin(partition)));
    }

    private ProjectorTask begin(TopicPartition partition) {
        return new ProjectorTask(node, setup, watch, this, partition.partition());
    }

    @Override
    public void revoked(Set<TopicPartition> partitions) {
        partitions.forEach(partition -> Optional.ofNullable(tasks.remove(partition)).ifPresent(ProjectorTask::close));
    }

    String memberId() {
        return membership.id();
    }

    int epoch() {
        return membership.epoch();
    }

    /** A commit was refused: another one may have the task. It is begun anew if it is still this one's. */
    void fenced(ProjectorTask task) {
        task.close();
        changed();
    }
}
