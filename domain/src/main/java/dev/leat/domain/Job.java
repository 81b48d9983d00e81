package dev.leat.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as far as its facts are known. Immutable; only {@link JobFold} makes new ones from old ones.
 *
 * <p>Its parts come from different topics: the submission and the intake from pending and lanes, the requests for its end
 * and the waits from control, all the rest from events. Each part hangs on the order of its own topic alone, which is why any
 * interleaving of the topics gives the same job.
 *
 * @param submission empty while only facts of other topics have come
 * @param endRequests for each reason, when it was first given; empty again once the job is terminal
 * @param waits who waits for it, and who has ended of those for which it waits; none once it is terminal
 * @param outcome empty until the job is terminal
 */
public record Job(JobId id, JobState state, Optional<Submission> submission, Intake intake, Attempts attempts,
        Map<EndReason, Instant> endRequests, Waits waits, Optional<Outcome> outcome) {

    /** How much of a final error a job keeps, in characters. */
    static final int MAX_MESSAGE = 8_000;
    static final int MAX_STACK_TRACE = 16_000;

    public Job {
        endRequests = Map.copyOf(endRequests);
    }

    /**
     * How a job ended: with a result if it completed, with an error if it failed, timed out or was rejected.
     *
     * @param inFavourOf the job that is there in its place, if one is
     */
    public record Outcome(Instant finishedAt, Optional<Json> result, Optional<JobError> error,
            Optional<JobId> inFavourOf) {

        public Outcome {
            error = error.map(whole -> whole.cut(MAX_MESSAGE, MAX_STACK_TRACE));
        }
    }

    /** A job of which nothing is known yet. */
    public static Job unknown(JobId id) {
        return new Job(id, JobState.UNKNOWN, Optional.empty(), Intake.NONE, Attempts.NONE, Map.of(), Waits.NONE,
                Optional.empty());
    }

    /** The number of the current attempt, from 1. */
    public int attempt() {
        return attempts.current();
    }

    /** The open claims on the current attempt; in a terminal job the one that ended it, if any. */
    public List<Claim> claims() {
        return attempts.claims();
    }

    /** The claim that runs the current attempt, or ran the last one, as far as can be told. */
    public Optional<Claim> currentClaim() {
        return claims().stream()
                .filter(claim -> !claim.doubted())
                .reduce((_, later) -> later)
                .or(() -> claims().stream().reduce((_, later) -> later));
    }

    /** Whether any attempt of it may have run: one is over, or was begun by a worker that still has it. */
    public boolean hasStarted() {
        return state == JobState.RUNNING || attempt() > 1 || !attempts.past().isEmpty();
    }

    /** Why it should end rather than go on waiting; empty where nobody wants that, and while a worker has it. */
    public Optional<EndReason> unwanted() {
        return state.isWaiting()
                ? Arrays.stream(EndReason.values())
                        .filter(endRequests::containsKey)
                        .filter(reason -> reason != EndReason.EXPIRE || !hasStarted())
                        .findFirst()
                : Optional.empty();
    }

    /** Whether somebody has asked to cancel it and it has not ended yet. */
    public boolean isCancelRequested() {
        return endRequests.containsKey(EndReason.CANCEL);
    }

    /** Whether all have ended for which its current attempt waits; not where it waits for none. */
    public boolean isWaitOver() {
        return !attempts.awaited().isEmpty() && stillAwaited().isEmpty();
    }

    /** The jobs that have not ended for which its current attempt waits. */
    public List<JobId> stillAwaited() {
        return attempts.awaited().stream().filter(awaited -> endOf(awaited).isEmpty()).toList();
    }

    /** How those ended for which its current attempt has waited; results and messages only as far as they are short together. */
    public List<AwaitedJob> awaitedEnds() {
        List<AwaitedJob> ends = new ArrayList<>();
        int size = 0;
        for (AwaitedJob end : attempts.awaited().stream().map(this::endOf).flatMap(Optional::stream).toList()) {
            boolean fits = size + end.size() <= AwaitedJob.MAX_DETAIL;
            size += fits ? end.size() : 0;
            ends.add(fits ? end : end.withoutDetail());
        }
        return ends;
    }

    private Optional<AwaitedJob> endOf(JobId awaited) {
        return waits.attempt() == attempt() ? Optional.ofNullable(waits.ended().get(awaited)) : Optional.empty();
    }

    Optional<Claim> openClaim(ClaimId claim) {
        return state.isTerminal() ? Optional.empty() : attempts.open(claim);
    }
}
