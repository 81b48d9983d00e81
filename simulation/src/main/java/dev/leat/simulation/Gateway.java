package dev.leat.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Request;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.kafka.Transaction;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** Submits jobs and batches, cancels them, makes schedules, and passes on what operators say, as the API does. */
final class Gateway extends Node {

    private static final long TRANSACTION_TIMEOUT = World.millis(10_000);
    private static final long PATIENCE = World.millis(1_500);
    private static final long STEP = World.millis(5);

    private final Cluster cluster;
    private final Recorder recorder;
    private final Producer producer;
    private final Rules.Opening opening;
    private final Set<BatchId> accepted = new HashSet<>();

    /** A batch on its way into the log. */
    private static final class Writing {

        private final PlannedBatch batch;
        private final Transaction transaction = new Transaction();
        private int unacknowledged;

        Writing(PlannedBatch batch) {
            this.batch = batch;
        }
    }

    Gateway(String name, World world, Cluster cluster, Recorder recorder, Rules.Opening opening) {
        super(name, world, 0);
        this.cluster = cluster;
        this.recorder = recorder;
        this.opening = opening;
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

    void submit(PlannedBatch batch) {
        tell("submits " + batch.name() + (batch.givenUp() ? ", and is gone halfway" : ""));
        List<BatchEvent> events = batch.events();
        Writing writing = new Writing(batch);
        world().after(TRANSACTION_TIMEOUT, () -> writing.transaction.end(false));
        events.subList(0, batch.givenUp() ? (events.size() + 1) / 2 : events.size())
                .forEach(event -> write(writing, event));
        if (batch.givenUp()) {
            recorder.refused(batch);
        } else {
            commit(writing);
        }
    }

    private void write(Writing writing, BatchEvent event) {
        BatchId id = writing.batch.id();
        writing.unacknowledged++;
        Runnable acknowledged = () -> writing.unacknowledged--;
        if (opening == Rules.Opening.AT_ONCE) {
            producer.send(cluster.batches(id), id, event, writing.transaction, acknowledged);
        } else {
            producer.send(cluster.batches(id), id, event, acknowledged);
        }
    }

    private void commit(Writing writing) {
        if (writing.unacknowledged > 0) {
            after(STEP, () -> commit(writing));
            return;
        }
        ask("transactions", () -> {
            writing.transaction.end(true);
            return writing.transaction.isCommitted();
        }, answer -> {
            if (answer.isEmpty()) {
                commit(writing);
            } else if (answer.get()) {
                accepted.add(writing.batch.id());
                recorder.acknowledged(writing.batch);
            }
        }, PATIENCE);
    }

    /** Only of a batch that is known to be in the log, as the API asks first. */
    void cancel(PlannedBatch batch) {
        request(batch, "cancels", new BatchEvent.CancelRequested(clock()));
    }

    void takeBack(PlannedBatch batch) {
        request(batch, "takes back", new BatchEvent.RollbackRequested(clock()));
    }

    private void request(PlannedBatch batch, String what, BatchEvent request) {
        if (accepted.contains(batch.id())) {
            tell(what + " " + batch.name());
            producer.send(cluster.batches(batch.id()), batch.id(), request, () -> {});
        }
    }

    void say(PluginSetting setting) {
        tell("says " + setting);
        producer.send(cluster.settings(), setting.plugin(), setting, () -> {});
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
