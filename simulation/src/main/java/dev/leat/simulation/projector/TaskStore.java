package dev.leat.simulation.projector;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;

/** What a task keeps: jobs, due index, keys, schedules, batches, and how far it has read. */
final class TaskStore {

    private static final Comparator<ScheduleId> BY_ID = Comparator.comparing(ScheduleId::value);

    private final Map<JobId, Job> jobs;
    private final NavigableSet<DueEntry> due;
    private final Map<String, JobId> keys;
    private final Map<ScheduleId, Schedule> schedules;
    private final BatchStore batches;
    private final Map<TopicPartition, Long> positions;

    TaskStore() {
        this(new HashMap<>(), new TreeSet<>(), new HashMap<>(), new TreeMap<>(BY_ID), new BatchStore(),
                new HashMap<>());
    }

    private TaskStore(Map<JobId, Job> jobs, NavigableSet<DueEntry> due, Map<String, JobId> keys,
            Map<ScheduleId, Schedule> schedules, BatchStore batches, Map<TopicPartition, Long> positions) {
        this.jobs = jobs;
        this.due = due;
        this.keys = keys;
        this.schedules = schedules;
        this.batches = batches;
        this.positions = positions;
    }

    TaskStore copy() {
        TreeMap<ScheduleId, Schedule> copied = new TreeMap<>(BY_ID);
        copied.putAll(schedules);
        return new TaskStore(new HashMap<>(jobs), new TreeSet<>(due), new HashMap<>(keys), copied,
                batches.copy(), new HashMap<>(positions));
    }

    Job job(JobId id) {
        Job known = jobs.get(id);
        return known == null ? Job.unknown(id) : known;
    }

    Map<JobId, Job> jobs() {
        return jobs;
    }

    NavigableSet<DueEntry> due() {
        return due;
    }

    Map<String, JobId> keys() {
        return keys;
    }

    Map<ScheduleId, Schedule> schedules() {
        return schedules;
    }

    BatchStore batches() {
        return batches;
    }

    Map<TopicPartition, Long> positions() {
        return positions;
    }
}
