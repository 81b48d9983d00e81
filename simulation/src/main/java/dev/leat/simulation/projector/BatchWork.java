package dev.leat.simulation.projector;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchChange;
import dev.leat.domain.batch.BatchEffect;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.batch.BatchId;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.world.Node;

/** Sees to the batches of a task, in the task's transactions: a few steps at once, the others bit by bit. */
final class BatchWork {

    private static final BatchFlow FLOW = new BatchFlow(5);
    private static final int FEW = 2;
    private static final int TURN = 50;

    private final Node node;
    private final Cluster cluster;
    private final Rules rules;
    private final Task task;
    private final Producer careless;

    /** The task, as its batches see it. */
    interface Task {

        BatchStore batches();

        void changeBatches(Consumer<BatchStore> change);

        void write(Log log, JobId job, Object value);
    }

    BatchWork(Node node, Cluster cluster, Rules rules, Task task) {
        this.node = node;
        this.cluster = cluster;
        this.rules = rules;
        this.task = task;
        this.careless = new Producer(node, node.world());
    }

    void take(BatchId id, BatchEvent event) {
        Optional<Batch> known = task.batches().find(id);
        switch (event) {
            case BatchEvent.Opened(var spec) -> save(FLOW.opened(id, known, spec));
            case BatchEvent.Item(var operation) -> known.filter(batch -> !batch.received()).ifPresent(batch -> {
                task.changeBatches(kept -> kept.save(id, operation));
                save(FLOW.received(batch, operation.index()));
            });
            case BatchEvent.CancelRequested _ -> known.map(FLOW::cancelled).ifPresent(this::save);
            case BatchEvent.RollbackRequested _ -> known.map(FLOW::rollbackRequested).ifPresent(this::save);
        }
        go(id, FEW);
    }

    private void save(Batch batch) {
        task.changeBatches(kept -> kept.save(batch));
    }

    void hear(JobNotice notice) {
        BatchId id = BatchId.parse(notice.origin().id());
        task.batches()
                .find(id)
                .ifPresent(batch -> apply(FLOW.notified(batch, notice, task.batches().members(id))));
        go(id, FEW);
    }

    /** Lets all batches go on. */
    void goOn() {
        List.copyOf(task.batches().all())
                .stream()
                .filter(batch -> !batch.isFinished())
                .forEach(batch -> go(batch.id(), TURN));
    }

    private void go(BatchId id, int steps) {
        for (int i = 0; i < steps; i++) {
            Optional<BatchChange> next = task.batches()
                    .find(id)
                    .flatMap(batch -> rules.batches().next(FLOW, batch, task.batches().members(id), node.clock()));
            if (next.isEmpty()) {
                return;
            }
            apply(next.get());
        }
    }

    private void apply(BatchChange change) {
        BatchId id = change.batch().id();
        save(change.batch());
        if (change.batch().isFinished()) {
            node.world().tell(() -> node.identity() + " has batch " + id + " end as " + change.batch().status());
        }
        change.effects().forEach(effect -> carryOut(id, effect));
    }

    private void carryOut(BatchId id, BatchEffect effect) {
        switch (effect) {
            case BatchEffect.Keep(var member) -> task.changeBatches(kept -> kept.save(id, member));
            case BatchEffect.Drop(int index) -> task.changeBatches(kept -> kept.drop(id, index));
            case BatchEffect.End(JobId job) ->
                task.write(cluster.control(job), job, new Fact.EndRequested(EndReason.CANCEL, node.clock()));
            case BatchEffect.Submit(JobId job, Submission submission) -> submit(job, submission);
            case BatchEffect.Tell tell ->
                throw new IllegalStateException("Expected batches that nobody has ordered, but got " + tell);
        }
    }

    private void submit(JobId job, Submission submission) {
        node.world().tell(() -> node.identity() + " submits " + job + " of " + submission.origin().orElseThrow());
        boolean conditional = submission.terms().isConditional();
        Log log = conditional ? cluster.pending(job) : cluster.lane(submission.lane(), job);
        Fact command = conditional ? new Fact.JobScheduled(submission) : Fact.JobQueued.first(submission);
        if (rules.releases() == Rules.Releasing.WITH_THE_STEP) {
            task.write(log, job, command);
        } else {
            careless.send(log, job, command, () -> {});
        }
    }
}
