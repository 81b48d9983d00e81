package dev.leat.simulation.projector;

import java.util.Optional;

import dev.leat.simulation.Moments;
import dev.leat.simulation.Recorder;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** A projector, through all its lives. */
public final class ProjectorNode extends Node {

    /** What a projector is made from. */
    public record Setup(Cluster cluster, Changelog changelog, Recorder recorder, Rules rules, Moments moments) {}

    private final Setup setup;
    private Optional<ProjectorLife> life = Optional.empty();

    public ProjectorNode(String name, World world, long skewNanos, Setup setup) {
        super(name, world, skewNanos);
        this.setup = setup;
    }

    @Override
    protected void boot() {
        life = Optional.of(new ProjectorLife(this, setup));
    }

    @Override
    protected void died() {
        life.ifPresent(ProjectorLife::died);
    }
}
