package dev.leat.simulation.projector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Submission;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleEffect;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.Scheduling;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.world.Node;

/** Sees to the schedules of a task, in the task's transactions. */
final class ScheduleWork {

    private final Node node;
    private final Cluster cluster;
    private final Rules.Firing firing;
    private final Task task;
    private final Producer careless;

    /** The task, as its schedules see it. */
    interface Task {

        Iterable<Schedule> schedules();

        Optional<Schedule> schedule(ScheduleId id);

        void keep(Schedule schedule);

        void write(Log log, JobId job, Object value);
    }

    ScheduleWork(Node node, Cluster cluster, Rules.Firing firing, Task task) {
        this.node = node;
        this.cluster = cluster;
        this.firing = firing;
        this.task = task;
        this.careless = new Producer(node, node.world());
    }

    void revise(ScheduleRevision revision) {
        Scheduling.changed(task.schedule(revision.id()), revision, node.clock()).ifPresent(this::carryOut);
    }

    void hear(JobNotice notice) {
        task.schedule(new ScheduleId(notice.origin().id()))
                .ifPresent(schedule -> carryOut(Scheduling.ended(schedule, notice, node.clock())));
    }

    void comeDue() {
        Instant now = node.clock();
        List<Schedule> due = new ArrayList<>();
        task.schedules().forEach(schedule -> {
            if (schedule.alarm().filter(at -> !at.isAfter(now)).isPresent()) {
                due.add(schedule);
            }
        });
        due.forEach(schedule -> carryOut(Scheduling.due(schedule, now)));
    }

    private void carryOut(Scheduling.Decision decision) {
        task.keep(decision.schedule());
        decision.effects().forEach(this::carryOut);
    }

    private void carryOut(ScheduleEffect effect) {
        switch (effect) {
            case ScheduleEffect.Fire(JobId job, Submission submission) -> fire(job, submission);
            case ScheduleEffect.Order order ->
                throw new IllegalStateException("Expected schedules of jobs alone, but got " + order);
            case ScheduleEffect.End(JobId job, Fact.EndRequested request) ->
                task.write(cluster.control(job), job, request);
        }
    }

    private void fire(JobId job, Submission submission) {
        node.world().tell(() -> node.identity() + " fires " + submission.origin().orElseThrow());
        Fact.JobScheduled command = new Fact.JobScheduled(submission);
        if (firing == Rules.Firing.WITH_THE_CURSOR) {
            task.write(cluster.pending(job), job, command);
        } else {
            JobId drawn = new JobId(new UUID(node.world().random().nextLong(), node.world().random().nextLong()));
            careless.send(cluster.pending(drawn), drawn, command, () -> {});
        }
    }
}
