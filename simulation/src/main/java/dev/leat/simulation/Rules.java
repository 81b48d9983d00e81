package dev.leat.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import dev.leat.domain.Claim;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.WorkerId;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchChange;
import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.batch.BatchMembers;
import dev.leat.domain.lease.LostClaims;
import dev.leat.domain.limit.ClusterShare;
import dev.leat.domain.limit.PluginUse;

/**
 * Where the simulated shells take their decisions from. A test that plants a fault gives others.
 *
 * @param claimSteps in which order a worker claims
 * @param schedules how a projector submits the jobs of schedules
 * @param batches what a batch does next
 * @param releases how a projector submits the jobs of batches
 * @param opening how an API writes a batch
 * @param sharing how a limit is divided among workers
 * @param pausing whether workers mind pauses
 */
public record Rules(Fold fold, Losses losses, List<ClaimStep> claimSteps, Firing schedules, Batches batches,
        Releasing releases, Opening opening, Sharing sharing, Pausing pausing) {

    /** Those of Leat. */
    public static final Rules OF_LEAT = new Rules(JobFold::apply, LostClaims::decide,
            List.of(ClaimStep.ANNOUNCE, ClaimStep.COMMIT), Firing.WITH_THE_CURSOR, BatchFlow::next,
            Releasing.WITH_THE_STEP, Opening.AT_ONCE, ClusterShare::of, Pausing.FOLLOWED);

    public Rules {
        claimSteps = List.copyOf(claimSteps);
    }

    Rules withFold(Fold other) {
        return new Rules(other, losses, claimSteps, schedules, batches, releases, opening, sharing, pausing);
    }

    Rules withLosses(Losses other) {
        return new Rules(fold, other, claimSteps, schedules, batches, releases, opening, sharing, pausing);
    }

    Rules withClaimSteps(List<ClaimStep> others) {
        return new Rules(fold, losses, others, schedules, batches, releases, opening, sharing, pausing);
    }

    Rules withSchedules(Firing other) {
        return new Rules(fold, losses, claimSteps, other, batches, releases, opening, sharing, pausing);
    }

    Rules withBatches(Batches other) {
        return new Rules(fold, losses, claimSteps, schedules, other, releases, opening, sharing, pausing);
    }

    Rules withReleases(Releasing other) {
        return new Rules(fold, losses, claimSteps, schedules, batches, other, opening, sharing, pausing);
    }

    Rules withOpening(Opening other) {
        return new Rules(fold, losses, claimSteps, schedules, batches, releases, other, sharing, pausing);
    }

    Rules withSharing(Sharing other) {
        return new Rules(fold, losses, claimSteps, schedules, batches, releases, opening, other, pausing);
    }

    Rules withPausing(Pausing other) {
        return new Rules(fold, losses, claimSteps, schedules, batches, releases, opening, sharing, other);
    }

    /** How a projector submits the jobs of schedules. */
    public enum Firing {
        /** In one transaction with the schedule's cursor. */
        WITH_THE_CURSOR,
        /** At once, and under an id that is drawn. */
        AT_ONCE_BY_CHANCE
    }

    /** How a projector submits the jobs of batches. */
    public enum Releasing {
        /** In one transaction with the batch. */
        WITH_THE_STEP,
        /** At once, whatever becomes of the transaction. */
        AT_ONCE
    }

    /** How an API writes a batch. */
    public enum Opening {
        /** In one transaction. */
        AT_ONCE,
        /** One record after the other. */
        RECORD_BY_RECORD
    }

    /** Whether workers mind pauses. */
    public enum Pausing {
        /** Before each command that they take. */
        FOLLOWED,
        /** Not at all. */
        IGNORED
    }

    /** Makes a job from its facts. */
    @FunctionalInterface
    public interface Fold {
        Job apply(Job job, Fact fact);
    }

    /** Decides about questionable claims. */
    @FunctionalInterface
    public interface Losses {
        Optional<Fact> decide(Job job, Claim claim, OptionalLong committed, Instant now);
    }

    /** Says what a batch does next. */
    @FunctionalInterface
    public interface Batches {
        Optional<BatchChange> next(BatchFlow flow, Batch batch, BatchMembers members, Instant now);
    }

    /** Gives a worker its share of a limit. */
    @FunctionalInterface
    public interface Sharing {
        ClusterShare of(WorkerId own, int before, Map<WorkerId, PluginUse> others, int limit);
    }

    /** What a worker does between taking commands and running them. */
    public enum ClaimStep {
        /** Say which commands are claimed, and wait until that stands in the log. */
        ANNOUNCE,
        /** Commit their offsets, and wait until it is known what came of it. */
        COMMIT
    }
}
