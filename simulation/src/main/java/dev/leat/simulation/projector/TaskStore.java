package dev.leat.simulation.projector;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;

/** What a task keeps: jobs, due index, keys, and how far it has read. */
final class TaskStore {

    private final Map<JobId, Job> jobs;
    private final NavigableSet<DueEntry> due;
    private final Map<String, JobId> keys;
    private final Map<TopicPartition, Long> positions;

    TaskStore() {
        this(new HashMap<>(), new TreeSet<>(), new HashMap<>(), new HashMap<>());
    }

    private TaskStore(Map<JobId, Job> jobs, NavigableSet<DueEntry> due, Map<String, JobId> keys,
            Map<TopicPartition, Long> positions) {
        this.jobs = jobs;
        this.due = due;
        this.keys = keys;
        this.positions = positions;
    }

    TaskStore copy() {
        return new TaskStore(new HashMap<>(jobs), new TreeSet<>(due), new HashMap<>(keys), new HashMap<>(positions));
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

    Map<TopicPartition, Long> positions() {
        return positions;
    }
}
