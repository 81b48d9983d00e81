package dev.leat.projector.topology;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Claim;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.WorkerId;

/**
 * Which jobs of one task each worker has an open claim on, so that nobody has to look through all jobs when a worker is
 * lost. Kept in memory beside the store of jobs, and made from it when a task begins. For the task's stream thread.
 */
final class OpenClaims {

    private final Map<WorkerId, Set<JobId>> jobs = new HashMap<>();

    /** Takes in a job that has become another. */
    void update(Job before, Job after) {
        Set<WorkerId> had = workers(before);
        Set<WorkerId> has = workers(after);
        has.stream().filter(worker -> !had.contains(worker)).forEach(worker -> add(worker, after.id()));
        had.stream().filter(worker -> !has.contains(worker)).forEach(worker -> remove(worker, before.id()));
    }

    /** The claim that a terminal job still shows is not open any more. */
    private static Set<WorkerId> workers(Job job) {
        return job.state().isTerminal()
                ? Set.of()
                : job.claims().stream().map(Claim::worker).collect(
                        Collectors.toUnmodifiableSet());
    }

    private void add(WorkerId worker, JobId job) {
        jobs.computeIfAbsent(worker, _ -> new HashSet<>()).add(job);
    }

    private void remove(WorkerId worker, JobId job) {
        @Nullable
        Set<JobId> left = jobs.get(worker);
        if (left != null && left.remove(job) && left.isEmpty()) {
            jobs.remove(worker);
        }
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    List<WorkerId> workers() {
        return List.copyOf(jobs.keySet());
    }

    Set<JobId> of(WorkerId worker) {
        return Set.copyOf(jobs.getOrDefault(worker, Set.of()));
    }
}
