package dev.leat.simulation.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.Json;
import dev.leat.simulation.Behaviour;

/** What becomes of an attempt, as a fact. */
final class Outcomes {

    private static final Duration LATER = Duration.ofMillis(700);
    private static final JobError ERROR = JobError.of("simulated", "as planned");

    private Outcomes() {}

    /** A handler has ended by itself. */
    static Optional<Fact> ended(SimulatedClaim claim, Behaviour behaviour, Instant at) {
        return Optional.of(switch (behaviour.ending()) {
            case SUCCEED, HANG -> new Fact.AttemptSucceeded(claim.attempt(), claim.id(), new Json("1"), at);
            case FAIL -> new Fact.AttemptFailed(claim.attempt(), claim.id(), ERROR, claim.retry(), at);
            case FAIL_FOR_GOOD -> new Fact.AttemptFailed(claim.attempt(), claim.id(), ERROR, Optional.empty(), at);
            case RETRY_AFTER ->
                new Fact.AttemptFailed(claim.attempt(), claim.id(), ERROR, claim.retry().map(_ -> LATER), at);
            case SNOOZE -> new Fact.AttemptSnoozed(claim.attempt(), claim.id(), LATER, at);
            case WAIT -> new Fact.AttemptWaiting(claim.attempt(), claim.id(), behaviour.awaited(), at);
        });
    }

    /** A handler was stopped, or kept from beginning. */
    static Optional<Fact> stopped(SimulatedClaim claim, StopReason reason, Instant at) {
        int attempt = claim.attempt();
        return switch (reason) {
            case CANCELLED -> Optional.of(new Fact.AttemptCancelled(attempt, claim.id(), at));
            case TIMEOUT -> Optional.of(new Fact.AttemptTimedOut(attempt, claim.id(), ERROR, claim.retry(), at));
            case DEADLINE -> Optional.of(new Fact.AttemptTimedOut(attempt, claim.id(), ERROR, Optional.empty(), at));
            case EXPIRED -> Optional.of(new Fact.ClaimAbandoned(attempt, claim.id(), at));
            case LEASE_DOUBTED, WORKER_STOPS ->
                Optional.of(new Fact.AttemptReleased(attempt, claim.id(), ERROR, at));
            case CLAIM_CLOSED -> Optional.empty();
        };
    }
}
