package dev.leat.domain.live;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.leat.domain.Attempts;
import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Intake;
import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.PastAttempt;
import dev.leat.domain.PastAttempt.Ending;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.Waits;
import dev.leat.domain.WorkerId;

/**
 * Says what a job was at an earlier place in the log, from what it is now and the facts that have come since.
 *
 * <pre>
 *            place                      now
 *   ──────────┼── fact ── fact ── fact ──┼──▶ log
 *             │                          │
 *     what is wanted               what is known
 * </pre>
 *
 * <p>Invariant: from what it gives, {@link JobWatch} tells of the facts since then just what it has told, or would have,
 * to somebody who had followed the job all along. A job remembers how each of its last {@value Attempts#MOST_PAST}
 * attempts ended, and so which of the ends among the facts have counted: the first of them is the end of the attempt that
 * was the current one then. A claim that has facts of that attempt was open: one that is over has none, as it never ran.
 * What is not told (tries spent, past attempts) is as it is now. Pure and thread-safe.
 */
public final class Rewind {

    private final Job now;
    private final List<? extends Fact> since;
    private final int attempt;

    private Rewind(Job now, List<? extends Fact> since) {
        this.now = now;
        this.since = List.copyOf(since);
        this.attempt = attemptThen();
    }

    /**
     * The job before the facts.
     *
     * @param now with all of the facts, and none that came later
     * @param since all facts of the job from the place on, in their order
     */
    public static Job before(Job now, List<? extends Fact> since) {
        Rewind rewind = new Rewind(now, since);
        Intake intake = rewind.intakeThen();
        Optional<Submission> submission = intake.scheduled() || intake.queued() > 0 || !rewind.commandSince()
                ? now.submission()
                : Optional.empty();
        return now.state().isTerminal() && since.stream().noneMatch(rewind::ended)
                ? new Job(now.id(), now.state(), submission, intake, now.attempts(), Map.of(), Waits.NONE,
                        now.outcome())
                : rewind.open(submission, intake);
    }

    private Job open(Optional<Submission> submission, Intake intake) {
        List<Claim> claims = claimsThen();
        Attempts later = now.attempts();
        boolean current = attempt == now.attempt();
        List<ClaimId> closed = current
                ? later.closed().stream().filter(claim -> !closedSince(claim)).toList()
                : List.of();
        return new Job(now.id(), stateThen(intake, claims), submission, intake,
                new Attempts(attempt, later.spent(), current ? later.retryAt() : Optional.empty(),
                        current ? later.awaited() : List.of(), claims, closed, Optional.empty(), later.past()),
                requestsThen(), Waits.NONE, Optional.empty());
    }

    /** Whether the fact is the one that ended the job. */
    private boolean ended(Fact fact) {
        boolean its = !(fact instanceof Fact.FactOfClaim ofClaim) || (ofClaim.attempt() == now.attempt()
                && now.claims().stream().anyMatch(claim -> claim.id().equals(ofClaim.claim())));
        return its && now.outcome().filter(outcome -> outcome.finishedAt().equals(fact.at())).isPresent()
                && switch (fact) {
                    case Fact.AttemptSucceeded _ -> now.state() == JobState.COMPLETED;
                    case Fact.AttemptCancelled _,Fact.JobCancelled _ -> now.state() == JobState.CANCELLED;
                    case Fact.AttemptFailed _,Fact.LeaseExpired _ -> now.state() == JobState.FAILED;
                    case Fact.AttemptTimedOut _,Fact.JobTimedOut _ -> now.state() == JobState.TIMED_OUT;
                    case Fact.JobRejected _ -> now.state() == JobState.REJECTED;
                    case Fact.JobExpired _ -> now.state() == JobState.EXPIRED;
                    default -> false;
                };
    }

    private int attemptThen() {
        return since.stream()
                .filter(fact -> ending(fact).isPresent())
                .map(Fact.FactOfClaim.class::cast)
                .filter(fact -> fact.attempt() < now.attempt() && hasCounted(fact))
                .mapToInt(Fact.FactOfClaim::attempt)
                .min()
                .orElse(now.attempt());
    }

    /** An end that is older than what the job remembers is taken at its word. */
    private boolean hasCounted(Fact.FactOfClaim end) {
        List<PastAttempt> past = now.attempts().past();
        boolean forgotten = past.size() == Attempts.MOST_PAST && end.attempt() < past.getFirst().number();
        return forgotten || past(end.attempt()).filter(over -> Optional.of(over.ending()).equals(ending(end))
                && over.endedAt().equals(end.at())).isPresent();
    }

    private Optional<PastAttempt> past(int number) {
        return now.attempts().past().stream().filter(over -> over.number() == number).findFirst();
    }

    private static Optional<Ending> ending(Fact fact) {
        return switch (fact) {
            case Fact.AttemptFailed _ -> Optional.of(Ending.FAILED);
            case Fact.AttemptTimedOut _ -> Optional.of(Ending.TIMED_OUT);
            case Fact.AttemptSnoozed _ -> Optional.of(Ending.SNOOZED);
            case Fact.AttemptWaiting _ -> Optional.of(Ending.WAITED);
            case Fact.AttemptReleased _ -> Optional.of(Ending.RELEASED);
            case Fact.LeaseExpired _ -> Optional.of(Ending.LEASE_EXPIRED);
            default -> Optional.empty();
        };
    }

    private boolean commandSince() {
        return since.stream().anyMatch(fact -> fact instanceof Fact.JobQueued || fact instanceof Fact.JobScheduled);
    }

    private Intake intakeThen() {
        int queued = since.stream()
                .filter(Fact.JobQueued.class::isInstance)
                .mapToInt(fact -> ((Fact.JobQueued) fact).attempt() - 1)
                .min()
                .orElse(now.intake().queued());
        return new Intake(now.intake().scheduled() && since.stream().noneMatch(Fact.JobScheduled.class::isInstance),
                now.intake().admitted() && since.stream().noneMatch(Fact.JobAdmitted.class::isInstance),
                Math.min(queued, now.intake().queued()));
    }

    private List<Claim> claimsThen() {
        Set<ClaimId> startedSince = ofAttempt(Fact.AttemptStarted.class).map(Fact.FactOfClaim::claim)
                .collect(Collectors.toSet());
        Map<ClaimId, Claim> claims = new LinkedHashMap<>();
        if (attempt == now.attempt()) {
            now.claims().forEach(claim -> claims.put(claim.id(), claim));
        }
        ofAttempt(Fact.FactOfClaim.class).map(Fact.FactOfClaim::claim)
                .filter(claim -> !isClosedThen(claim))
                .forEach(claim -> claims.computeIfAbsent(claim, this::unknown));
        startedSince.forEach(claims::remove);
        return claims.values().stream().map(this::then).toList();
    }

    private <T extends Fact.FactOfClaim> Stream<T> ofAttempt(Class<T> kind) {
        return since.stream().filter(kind::isInstance).map(kind::cast).filter(fact -> fact.attempt() == attempt);
    }

    private boolean isClosedThen(ClaimId claim) {
        return attempt == now.attempt() && now.attempts().closed().contains(claim) && !closedSince(claim);
    }

    private boolean closedSince(ClaimId claim) {
        return ofAttempt(Fact.ClaimAbandoned.class).anyMatch(fact -> fact.claim().equals(claim));
    }

    /** A claim of which all that is left is that it was there. */
    private Claim unknown(ClaimId id) {
        Optional<PastAttempt> past = past(attempt);
        Optional<Duration> retry = attempt < now.attempt() ? Optional.of(Duration.ZERO) : Optional.empty();
        return new Claim(id, past.map(PastAttempt::worker).orElse(new WorkerId(id.value())),
                new CommandPosition("unknown", 0, 0), retry, false,
                past.map(PastAttempt::startedAt).orElse(since.getFirst().at()), Long.MAX_VALUE, Optional.empty(), 0);
    }

    private Claim then(Claim claim) {
        long progressed = ofAttempt(Fact.AttemptProgressed.class).filter(fact -> fact.claim().equals(claim.id()))
                .mapToLong(fact -> fact.sequence() - 1)
                .reduce(claim.progressSequence(), Math::min);
        boolean doubtedSince = ofAttempt(Fact.ClaimDoubted.class).anyMatch(fact -> fact.claim().equals(claim.id()));
        Optional<Progress> progress = progressed == claim.progressSequence() ? claim.progress() : Optional.empty();
        return new Claim(claim.id(), claim.worker(), claim.command(), claim.retryIfLost(),
                claim.doubted() && !doubtedSince, claim.startedAt(), progressed, progress, claim.checkpointSequence());
    }

    private JobState stateThen(Intake intake, List<Claim> claims) {
        if (claims.stream().anyMatch(claim -> !claim.doubted())) {
            return JobState.RUNNING;
        }
        if (intake.queued() >= attempt) {
            return JobState.QUEUED;
        }
        if (attempt > 1) {
            return JobState.RETRYING;
        }
        return intake.scheduled() ? JobState.SCHEDULED : JobState.UNKNOWN;
    }

    private Map<EndReason, Instant> requestsThen() {
        Map<EndReason, Instant> requests = new EnumMap<>(EndReason.class);
        requests.putAll(now.endRequests());
        if (now.state() == JobState.CANCELLED) {
            requests.put(EndReason.CANCEL, now.outcome().orElseThrow().finishedAt());
        }
        since.stream()
                .filter(Fact.EndRequested.class::isInstance)
                .map(Fact.EndRequested.class::cast)
                .filter(request -> now.state().isTerminal()
                        || request.at().equals(now.endRequests().get(request.reason())))
                .forEach(request -> requests.remove(request.reason()));
        return requests;
    }
}
