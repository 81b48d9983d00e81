package dev.leat.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A job's attempts: the current one with the claims on it, and those that are over. All of it comes from the events
 * topic alone.
 *
 * @param current the number of the attempt that runs or is waited for, from 1; of a terminal job, its last one
 * @param spent how many tries have been used up; an attempt that was released or snoozed uses none
 * @param retryAt when the current attempt is due, if an earlier one has ended and not to wait for other jobs
 * @param awaited the jobs whose ends the current attempt is waiting for, or has waited for before it was queued
 * @param claims those open on the current attempt, oldest first; in a terminal job the one that ended it, if any. More
 *        than one is open only while workers race for a partition, or while one of them is silent: at most one of them
 *        wins the commit and runs.
 * @param closed claims on the current attempt that are over, so that a late copy of their start changes nothing
 * @param checkpoint the last one that any attempt has left; none in a terminal job
 * @param past the last {@value #MOST_PAST} attempts that are over, oldest first
 */
public record Attempts(int current, int spent, Optional<Instant> retryAt, List<JobId> awaited, List<Claim> claims,
        List<ClaimId> closed, Optional<Checkpoint> checkpoint, List<PastAttempt> past) {

    /** How many attempts that are over a job keeps. */
    public static final int MOST_PAST = 20;

    /** Where times end: a worker whose clock has run away must not make a time that cannot be written. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    static final Attempts NONE = new Attempts(1, 0, Optional.empty(), List.of(), List.of(), List.of(),
            Optional.empty(), List.of());

    public Attempts {
        awaited = List.copyOf(awaited);
        claims = List.copyOf(claims);
        closed = List.copyOf(closed);
        past = List.copyOf(past);
    }

    Optional<Claim> open(ClaimId claim) {
        return claims.stream().filter(open -> open.id().equals(claim)).findFirst();
    }

    /** Whether a claim other than this one is open, and its worker not known to be silent. */
    boolean othersRun(ClaimId claim) {
        return claims.stream().anyMatch(open -> !open.id().equals(claim) && !open.doubted());
    }

    /** A start on a later attempt than the current one says that facts are missing; what is known of it counts. */
    Attempts start(Fact.AttemptStarted fact) {
        return fact.attempt() > current
                ? new Attempts(fact.attempt(), spent, Optional.empty(), List.of(), List.of(Claim.of(fact)), List.of(),
                        checkpoint,
                        past)
                : withClaims(Stream.concat(claims.stream(), Stream.of(Claim.of(fact))).toList());
    }

    Attempts change(ClaimId claim, UnaryOperator<Claim> change) {
        return withClaims(claims.stream().map(open -> open.id().equals(claim) ? change.apply(open) : open).toList());
    }

    Attempts checkpoint(Fact.AttemptCheckpointed fact) {
        Attempts noted = change(fact.claim(), claim -> claim.checkpointed(fact));
        return new Attempts(current, spent, retryAt, awaited, noted.claims, closed, Optional.of(fact.checkpoint()),
                past);
    }

    /** The claim is over, the attempt is not. */
    Attempts close(ClaimId claim) {
        return new Attempts(current, spent, retryAt, awaited,
                claims.stream().filter(open -> !open.id().equals(claim)).toList(),
                Stream.concat(closed.stream(), Stream.of(claim)).toList(), checkpoint, past);
    }

    /** The attempt is over, and another one is waited for. */
    Attempts next(PastAttempt over, boolean spends, Duration retryIn) {
        Instant end = over.endedAt().isAfter(LATEST) ? LATEST : over.endedAt();
        return new Attempts(current + 1, spent + (spends ? 1 : 0), Optional.of(end.plus(retryIn)), List.of(),
                List.of(), List.of(), checkpoint, withPast(over));
    }

    /** The attempt is over, and the next one waits until these jobs have ended. */
    Attempts await(PastAttempt over, List<JobId> jobs) {
        return new Attempts(current + 1, spent, Optional.empty(), jobs, List.of(), List.of(), checkpoint,
                withPast(over));
    }

    /** The attempt is over, and with it the job. */
    Attempts last(PastAttempt over, boolean spends, ClaimId ender) {
        return new Attempts(current, spent + (spends ? 1 : 0), Optional.empty(), List.of(),
                open(ender).stream().toList(), List.of(), Optional.empty(), withPast(over));
    }

    /** The job is over while no attempt was. */
    Attempts none() {
        return new Attempts(current, spent, Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), past);
    }

    private Attempts withClaims(List<Claim> changed) {
        return new Attempts(current, spent, retryAt, awaited, changed, closed, checkpoint, past);
    }

    private List<PastAttempt> withPast(PastAttempt over) {
        List<PastAttempt> longer = new ArrayList<>(past);
        longer.add(over);
        return longer.subList(Math.max(0, longer.size() - MOST_PAST), longer.size());
    }
}
