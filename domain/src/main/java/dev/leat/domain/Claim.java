package dev.leat.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One worker's hold on an attempt, as the facts show it.
 *
 * @param retryIfLost how long after the loss of its lease the next attempt is due; empty where there is none
 * @param doubted whether its worker was found silent, or could not tell itself whether it had won the commit; its facts
 *        count all the same
 * @param progressSequence the number of the last progress fact that counted; 0 before the first
 * @param checkpointSequence likewise of the checkpoints
 */
public record Claim(ClaimId id, WorkerId worker, CommandPosition command, Optional<Duration> retryIfLost,
        boolean doubted, Instant startedAt, long progressSequence, Optional<Progress> progress,
        long checkpointSequence) {

    static Claim of(Fact.AttemptStarted fact) {
        return new Claim(fact.claim(), fact.worker(), fact.command(), fact.retryIfLost(), false, fact.at(), 0,
                Optional.empty(), 0);
    }

    Claim progressed(Fact.AttemptProgressed fact) {
        return new Claim(id, worker, command, retryIfLost, doubted, startedAt, fact.sequence(),
                Optional.of(fact.progress()), checkpointSequence);
    }

    Claim checkpointed(Fact.AttemptCheckpointed fact) {
        return new Claim(id, worker, command, retryIfLost, doubted, startedAt, progressSequence, progress,
                fact.sequence());
    }

    Claim doubt() {
        return new Claim(id, worker, command, retryIfLost, true, startedAt, progressSequence, progress,
                checkpointSequence);
    }
}
