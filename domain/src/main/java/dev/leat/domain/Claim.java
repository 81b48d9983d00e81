package dev.leat.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One worker's hold on an attempt, as the facts show it.
 *
 * @param progressSequence the number of the last progress fact that counted; 0 before the first
 */
public record Claim(ClaimId id, WorkerId worker, CommandPosition command, Instant startedAt, long progressSequence,
        Optional<Progress> progress) {

    static Claim of(Fact.AttemptStarted fact) {
        return new Claim(fact.claim(), fact.worker(), fact.command(), fact.at(), 0, Optional.empty());
    }

    Claim progressed(Fact.AttemptProgressed fact) {
        return new Claim(id, worker, command, startedAt, fact.sequence(), Optional.of(fact.progress()));
    }
}
