package dev.leat.simulation.worker;

import java.util.Optional;
import java.util.function.Function;

import dev.leat.domain.JobId;
import dev.leat.simulation.Moments;
import dev.leat.simulation.PlannedJob;
import dev.leat.simulation.Recorder;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** A worker, through all its lives. */
public final class WorkerNode extends Node {

    /**
     * What a worker is made from.
     *
     * @param operated whether an operator says anything about the plugin
     */
    public record Setup(Cluster cluster, Recorder recorder, Rules rules, Moments moments,
            Function<JobId, PlannedJob> plans, int slots, boolean operated) {}

    private final Setup setup;
    private Optional<WorkerLife> life = Optional.empty();

    public WorkerNode(String name, World world, long skewNanos, Setup setup) {
        super(name, world, skewNanos);
        this.setup = setup;
    }

    @Override
    protected void boot() {
        life = Optional.of(new WorkerLife(this, setup));
    }

    @Override
    protected void died() {
        life.ifPresent(WorkerLife::died);
    }

    /** Its consumer fails, whatever it was about to do. */
    public void failClaiming() {
        if (isUp()) {
            world().tell(() -> identity() + " loses its consumer");
            after(0, () -> life.ifPresent(WorkerLife::failClaiming));
        }
    }

    /** Leaves the group, lets attempts finish for a while, hands back what has not, and exits. */
    public void drain() {
        if (isUp()) {
            world().tell(() -> identity() + " drains");
            after(0, () -> life.ifPresent(WorkerLife::drain));
        }
    }
}
