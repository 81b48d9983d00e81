package dev.leat.domain.lease;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

import dev.leat.domain.Claim;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.WorkerId;

/**
 * Decides about a claim whose worker's lease has run out, once Kafka has been asked how far the command's partition is
 * committed.
 *
 * <p>Past the command: the commit was won, by this worker or by another one whose started fact then stands in the events
 * before this decision. Where no other claim is open, or only such as have been doubted, the lease has expired and a try
 * is spent. Else one of several open claims has won, and nobody can say which: this one is doubted, and what becomes of
 * the attempt hangs on the others.
 *
 * <p>Not past it: nobody has won the command, and Kafka gives it to whoever owns the partition next. The claim is doubted
 * and the job shows as queued; but a worker that was only suspended may still win the commit, and its facts count then.
 *
 * <p>So Kafka is asked again and again, for as long as the claim is open.
 *
 * <p>Why it has to be asked before the decision: a job that goes back to its lane while its command is still there would
 * be queued twice. Pure.
 */
public final class LostClaims {

    private LostClaims() {}

    /**
     * Whether Kafka has to be asked about an open claim: its worker is lost, or will not say what became of it. A worker
     * never runs a claim that has been doubted rightly, also where it lives again.
     */
    public static boolean isQuestionable(Claim claim, Predicate<WorkerId> lost) {
        return claim.doubted() || lost.test(claim.worker());
    }

    /**
     * The decision; empty where it has been made.
     *
     * @param committed of the claim's partition, asked for after the lease was seen to have run out; empty where nothing
     *        has been committed
     */
    public static Optional<Fact> decide(Job job, Claim claim, OptionalLong committed, Instant now) {
        boolean won = committed.isPresent() && committed.getAsLong() > claim.command().offset();
        if (won && !othersRun(job, claim)) {
            return Optional.of(new Fact.LeaseExpired(job.attempt(), claim.id(), now));
        }
        return claim.doubted()
                ? Optional.empty()
                : Optional.of(new Fact.ClaimDoubted(job.attempt(), claim.id(), now));
    }

    private static boolean othersRun(Job job, Claim claim) {
        return job.claims().stream().anyMatch(other -> !other.id().equals(claim.id()) && !other.doubted());
    }
}
