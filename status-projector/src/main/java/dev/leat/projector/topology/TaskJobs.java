package dev.leat.projector.topology;

import java.time.InstantSource;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.history.JobHistory;
import dev.leat.projector.index.JobIndex;
import dev.leat.projector.index.PartitionView;
import dev.leat.projector.index.RunHistory;

/**
 * The jobs of one task: those in the store, and what is kept in memory beside it.
 *
 * <p>Invariant: index and open claims are what the jobs in the store say. For the task's stream thread.
 */
final class TaskJobs {

    private final JobStore store;
    private final JobIndex index;
    private final RunHistory history;
    private final JobHistory lastHour;
    private final InstantSource clock;
    private final OpenClaims claims = new OpenClaims();

    /** Reads all jobs, as what is in memory is made from them. */
    TaskJobs(JobStore store, PartitionView view, InstantSource clock) {
        this.store = store;
        this.index = view.index();
        this.history = view.history();
        this.lastHour = view.lastHour();
        this.clock = clock;
        store.forEach(job -> show(Job.unknown(job.id()), job));
    }

    /** The job, unknown as it may be. */
    Job load(JobId id) {
        return store.load(id);
    }

    /** @throws JobTooLargeException where it cannot be stored; nothing has changed then */
    void replace(Job before, Job after) {
        store.save(after);
        show(before, after);
    }

    /** Whether there was something to forget. */
    boolean forget(JobId id) {
        Job known = store.load(id);
        if (known.equals(Job.unknown(id))) {
            return false;
        }
        store.delete(id);
        show(known, Job.unknown(id));
        return true;
    }

    private void show(Job before, Job after) {
        index.update(before, after);
        history.update(before, after);
        lastHour.update(before, after, clock.instant());
        claims.update(before, after);
    }

    OpenClaims claims() {
        return claims;
    }
}
