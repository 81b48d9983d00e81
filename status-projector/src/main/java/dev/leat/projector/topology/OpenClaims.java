package dev.leat.projector.topology;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Claim;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.WorkerId;

/**
 * Which jobs of one task have open claims, of which workers, and which of them are doubted: so that nobody has to look
 * through all jobs when a worker is lost. Kept in memory beside the store of jobs, and made from it when a task begins.
 * For the task's stream thread.
 */
final class OpenClaims {

    private final Map<WorkerId, Set<JobId>> byWorker = new HashMap<>();
    private final Set<JobId> doubted = new HashSet<>();

    /** Takes in a job that has become another. */
    void update(Job before, Job after) {
        Set<WorkerId> had = workers(before);
        Set<WorkerId> has = workers(after);
        has.stream().filter(worker -> !had.contains(worker)).forEach(worker -> add(worker, after.id()));
        had.stream().filter(worker -> !has.contains(worker)).forEach(worker -> remove(worker, before.id()));
        if (isDoubted(after)) {
            doubted.add(after.id());
        } else {
            doubted.remove(after.id());
        }
    }

    /** The claim that a terminal job still shows is not open any more. */
    private static Set<WorkerId> workers(Job job) {
        return job.state().isTerminal()
                ? Set.of()
                : job.claims().stream().map(Claim::worker).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isDoubted(Job job) {
        return !job.state().isTerminal() && job.claims().stream().anyMatch(Claim::doubted);
    }

    private void add(WorkerId worker, JobId job) {
        byWorker.computeIfAbsent(worker, _ -> new HashSet<>()).add(job);
    }

    private void remove(WorkerId worker, JobId job) {
        @Nullable
        Set<JobId> left = byWorker.get(worker);
        if (left != null && left.remove(job) && left.isEmpty()) {
            byWorker.remove(worker);
        }
    }

    boolean isEmpty() {
        return byWorker.isEmpty();
    }

    /** Those who have open claims. */
    Set<WorkerId> workers() {
        return Set.copyOf(byWorker.keySet());
    }

    /** The jobs with a claim of such a worker, or with one that is doubted. */
    Set<JobId> questionable(Predicate<WorkerId> lost) {
        Set<JobId> jobs = new HashSet<>(doubted);
        byWorker.forEach((worker, its) -> {
            if (lost.test(worker)) {
                jobs.addAll(its);
            }
        });
        return jobs;
    }
}
