package dev.leat.worker.run;

import dev.leat.domain.ClaimId;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.worker.plugin.BoundJob;
import dev.leat.worker.slot.SlotPool;

/**
 * An attempt that this worker has taken for itself.
 *
 * @param number counts the attempts of the job, from 1
 * @param work the handler with its input; run once
 * @param slot reserved for it; given back when its outcome has been handed on
 */
public record ClaimedAttempt(JobId job, JobTypeName type, int number, ClaimId claim, BoundJob work,
        SlotPool.Slot slot) {

    @Override
    public String toString() {
        return "attempt %d of job %s (%s, claim %s)".formatted(number, job, type, claim);
    }
}
