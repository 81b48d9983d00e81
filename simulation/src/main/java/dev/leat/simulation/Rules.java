package dev.leat.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.leat.domain.Claim;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.lease.LostClaims;

/**
 * Where the simulated shells take their decisions from. A test that plants a fault gives others.
 *
 * @param claimSteps in which order a worker claims
 * @param firing how a projector submits the jobs of schedules
 */
public record Rules(Fold fold, Losses losses, List<ClaimStep> claimSteps, Firing firing) {

    /** Those of Leat. */
    public static final Rules OF_LEAT = new Rules(JobFold::apply, LostClaims::decide,
            List.of(ClaimStep.ANNOUNCE, ClaimStep.COMMIT));

    public Rules {
        claimSteps = List.copyOf(claimSteps);
    }

    /** With schedules as Leat fires them. */
    public Rules(Fold fold, Losses losses, List<ClaimStep> claimSteps) {
        this(fold, losses, claimSteps, Firing.WITH_THE_CURSOR);
    }

    /** How a projector submits the jobs of schedules. */
    public enum Firing {
        /** In one transaction with the schedule's cursor. */
        WITH_THE_CURSOR,
        /** At once, and under an id that is drawn. */
        AT_ONCE_BY_CHANCE
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

    /** What a worker does between taking commands and running them. */
    public enum ClaimStep {
        /** Say which commands are claimed, and wait until that stands in the log. */
        ANNOUNCE,
        /** Commit their offsets, and wait until it is known what came of it. */
        COMMIT
    }
}
