package dev.leat.simulation;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Request;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** Submits jobs, cancels them and asks to forget them, makes schedules and pauses them, as the API does. */
final class Gateway extends Node {

    private final Cluster cluster;
    private final Recorder recorder;
    private final Producer producer;

    Gateway(String name, World world, Cluster cluster, Recorder recorder) {
        super(name, world, 0);
        this.cluster = cluster;
        this.recorder = recorder;
        this.producer = new Producer(this, world);
    }

    @Override
    protected void boot() {
        // keeps nothing
    }

    @Override
    protected void died() {
        // keeps nothing
    }

    void submit(PlannedJob job) {
        boolean conditional = job.submission().terms().isConditional();
        Log log = conditional ? cluster.pending(job.id()) : cluster.lane(job.submission().lane(), job.id());
        Fact fact = conditional ? new Fact.JobScheduled(job.submission()) : Fact.JobQueued.first(job.submission());
        tell("submits " + job.id());
        producer.send(log, job.id(), fact, () -> recorder.acknowledged(job.id()));
    }

    void make(PlannedSchedule schedule) {
        tell("makes " + schedule.id());
        producer.send(cluster.schedules(schedule.id()), schedule.id(), schedule.made(), () -> {});
    }

    void pause(PlannedSchedule schedule) {
        tell("pauses " + schedule.id());
        producer.send(cluster.schedules(schedule.id()), schedule.id(), schedule.paused(), () -> {});
    }

    void cancel(PlannedJob job) {
        tell("cancels " + job.id());
        producer.send(cluster.control(job.id()), job.id(), new Fact.EndRequested(EndReason.CANCEL, clock()), () -> {});
    }

    void forget(PlannedJob job) {
        tell("asks to forget " + job.id());
        producer.send(cluster.control(job.id()), job.id(), new Request.Forget(clock()), () -> {});
    }
}
