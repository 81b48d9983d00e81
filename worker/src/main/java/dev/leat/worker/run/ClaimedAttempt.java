package dev.leat.worker.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Checkpoint;
import dev.leat.domain.ClaimId;
import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.worker.plugin.BoundJob;
import dev.leat.worker.slot.SlotPool;

/**
 * An attempt that this worker has taken for itself.
 *
 * @param number counts the attempts of the job, from 1
 * @param rules what the job's policy says of it
 * @param checkpoint what earlier attempts have left
 * @param ended the jobs that it has waited for
 * @param work the handler with its input, held; run once
 * @param slot reserved for it
 */
public record ClaimedAttempt(JobId job, JobTypeName type, int number, ClaimId claim, Rules rules,
        Optional<Checkpoint> checkpoint, List<AwaitedJob> ended, BoundJob work, SlotPool.Slot slot) {

    public ClaimedAttempt {
        ended = List.copyOf(ended);
    }

    /**
     * A job's policy, seen from one of its attempts.
     *
     * @param retry how long after its failure, timeout or loss the next attempt is due; empty where it has the last try
     * @param timeout how long it may run
     */
    public record Rules(Optional<Duration> retry, Duration timeout) {

        /**
         * What a policy says of one attempt.
         *
         * @param spent the tries spent before it
         */
        public static Rules of(JobPolicy policy, JobId job, int spent) {
            return new Rules(policy.retryAfter(job, spent), policy.timeout());
        }
    }

    /** Gives back its slot and lets go of its plugin: its handler has ended, or its claim was not won. Called once. */
    public void giveBack() {
        work.release();
        slot.release();
    }

    @Override
    public String toString() {
        return "attempt %d of job %s (%s, claim %s)".formatted(number, job, type, claim);
    }
}
