package dev.leat.domain.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Request;
import dev.leat.domain.Submission;

/**
 * What the projector does about a job when a fact of it was folded, and when a time has come.
 *
 * <p>A decision is a fact of its own and counts only when it is folded from the events topic: the log's order, not the
 * decider's, says whether it or a worker's fact came first.
 *
 * <p>Invariants:
 * <ul>
 * <li>Each attempt number is put into its lane once: the number of the current attempt goes up only once to each value,
 * and only then is its command written or its due entry made; a due entry is used up with the command's writing.
 * <li>Whatever waits has a reason to go on: a due entry, a command in its lane, a decision in the log, or another job that
 * knows that it is waited for and will end.
 * <li>A job that is wanted to end gets the decision each time that it begins to wait, that its reason changes and that an
 * attempt of it ends: also when an earlier decision had met it running and so had not counted.
 * <li>Whoever submitted a job is told of its end once.
 * <li>A job that was forgotten does not come back, though a command of it may be read after that.
 * </ul>
 *
 * <p>Pure and thread-safe.
 *
 * @param retention how long a job is kept that does not say how long
 */
public record Projection(Duration retention) {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    /**
     * Longer than a command that was written takes until it is read back from its lane, and than anybody waits for an
     * answer that is of no use to others.
     */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    /**
     * What follows from a fact.
     *
     * @param before the job without the fact
     * @param after the job with it, perhaps the same
     */
    public List<Effect> folded(Job before, Job after, Fact fact, KeyHolders holders, Instant now) {
        List<Effect> effects = new ArrayList<>();
        if (fact instanceof Fact.AttemptStarted start && isStale(after, start)) {
            effects.add(new Effect.Ask(new Request.StopClaim(start.claim(), now)));
        }
        if (fact instanceof Fact.JobWatched watched && before.state().isTerminal()) {
            effects.add(Waiting.answer(watched.watcher(), AwaitedJob.of(before), now));
        }
        if (after.equals(before)) {
            return effects;
        }
        if (isStray(before, fact)) {
            return forgetUnknown(after, now);
        }
        if (before.submission().isEmpty()) {
            after.submission()
                    .ifPresentOrElse(submission -> limits(submission, effects),
                            () -> expectCommand(before, now, effects));
        }
        if (after.intake().scheduled() && !before.intake().scheduled()) {
            admit(after, holders, now, effects);
        }
        if (after.attempt() > before.attempt()) {
            awaitNext(after, fact, now, effects);
        }
        if (after.isWaitOver() && !before.isWaitOver()) {
            goOn(after, now, effects);
        }
        if (fact instanceof Fact.JobWatched && after.submission().isEmpty()) {
            effects.add(new Effect.Schedule(now.plus(MOMENT), new DueAction.Disown()));
        }
        if (fact instanceof Fact.LeaseExpired expired && isOver(after, expired.claim())) {
            effects.add(new Effect.Ask(new Request.StopClaim(expired.claim(), now)));
        }
        if (!after.unwanted().equals(before.unwanted()) || after.attempt() > before.attempt()) {
            after.unwanted().ifPresent(reason -> effects.add(new Effect.Decide(ending(reason, now))));
        }
        if (after.state().isTerminal() && !before.state().isTerminal()) {
            close(after, now, effects);
            effects.addAll(Waiting.answers(before, AwaitedJob.of(after), now));
        }
        if (after.state().isTerminal() && !isTold(before)) {
            JobNotice.of(after).map(Effect.Notify::new).ifPresent(effects::add);
        }
        return effects;
    }

    /** A worker began what is over or another's; it is told to stop. A start that is only told twice is no such thing. */
    private static boolean isStale(Job job, Fact.AttemptStarted start) {
        boolean known = job.claims().stream().anyMatch(claim -> claim.id().equals(start.claim()))
                || job.attempts().closed().contains(start.claim());
        return !known && (job.state().isTerminal() || start.attempt() < job.attempt());
    }

    /** The command of a later attempt is written only when the earlier one's end is known: this job has been forgotten. */
    private static boolean isStray(Job before, Fact fact) {
        return fact instanceof Fact.JobQueued command && command.attempt() > 1 && before.submission().isEmpty();
    }

    /** Whoever waits for it would wait in vain. */
    private static List<Effect> forgetUnknown(Job job, Instant now) {
        List<Effect> effects = new ArrayList<>(Waiting.disown(job, now));
        effects.add(new Effect.Forget(job.id()));
        return effects;
    }

    /** Whether it had ended already, and who submitted it was known then. */
    private static boolean isTold(Job before) {
        return before.state().isTerminal() && before.submission().isPresent();
    }

    private static boolean isOver(Job job, ClaimId claim) {
        return job.state().isTerminal() || job.claims().stream().noneMatch(open -> open.id().equals(claim));
    }

    private static void limits(Submission submission, List<Effect> effects) {
        submission.terms()
                .expiresAt()
                .ifPresent(at -> effects.add(new Effect.Schedule(at, new DueAction.Expire())));
        submission.terms()
                .deadline()
                .ifPresent(at -> effects.add(new Effect.Schedule(at, new DueAction.TimeOut())));
    }

    /** Facts without a command are most likely of a job whose command comes in a moment; else nobody wants them for ever. */
    private void expectCommand(Job before, Instant now, List<Effect> effects) {
        if (before.equals(Job.unknown(before.id()))) {
            effects.add(new Effect.Schedule(now.plus(retention), new DueAction.Purge()));
        }
    }

    private static void admit(Job job, KeyHolders holders, Instant now, List<Effect> effects) {
        Submission submission = job.submission().orElseThrow();
        if (job.state().isTerminal()) {
            return;
        }
        if (submission.terms().isKeyed()) {
            Optional<Fact.JobRejected> refusal = JobKeys.refusal(job, submission, holders, now);
            if (refusal.isPresent()) {
                effects.add(new Effect.Decide(refusal.get()));
                return;
            }
            JobKeys.of(submission).forEach(key -> effects.add(new Effect.HoldKey(key)));
            effects.add(new Effect.Decide(new Fact.JobAdmitted(now)));
        }
        Optional<Instant> later = submission.terms().runAt().filter(at -> at.isAfter(now));
        if (later.isPresent()) {
            effects.add(new Effect.Schedule(later.get(), new DueAction.Release()));
        } else if (isReleasable(job)) {
            effects.add(new Effect.Queue(Fact.JobQueued.first(submission)));
        }
    }

    private static boolean isReleasable(Job job) {
        return job.intake().queued() == 0 && job.attempt() == 1 && job.unwanted().isEmpty();
    }

    private static void awaitNext(Job job, Fact fact, Instant now, List<Effect> effects) {
        if (job.state() != JobState.RETRYING) {
            return;
        }
        if (!job.attempts().awaited().isEmpty()) {
            effects.addAll(Waiting.watches(job, now));
            return;
        }
        Instant due = now.plus(Duration.between(fact.at(), job.attempts().retryAt().orElse(fact.at())));
        if (due.isAfter(now) || job.submission().isEmpty() || job.unwanted().isPresent()) {
            effects.add(new Effect.Schedule(due, new DueAction.Retry(job.attempt())));
        } else {
            effects.add(queueCurrent(job));
        }
    }

    /** All have ended for which the current attempt has waited. */
    private static void goOn(Job job, Instant now, List<Effect> effects) {
        effects.addAll(retry(job, job.attempt(), now));
    }

    private static Effect queueCurrent(Job job) {
        return new Effect.Queue(
                new Fact.JobQueued(job.attempt(), job.attempts().spent(), job.submission().orElseThrow(),
                        job.attempts().checkpoint(), job.awaitedEnds()));
    }

    private static Fact ending(EndReason reason, Instant now) {
        return switch (reason) {
            case CANCEL -> new Fact.JobCancelled(now);
            case DEADLINE -> new Fact.JobTimedOut(now);
            case EXPIRE -> new Fact.JobExpired(now);
        };
    }

    private void close(Job job, Instant now, List<Effect> effects) {
        job.submission()
                .flatMap(submission -> submission.terms().uniqueKey())
                .ifPresent(key -> effects.add(new Effect.FreeKey(JobKeys.ofUnique(key))));
        effects.add(new Effect.Schedule(now.plus(retentionOf(job)), new DueAction.Purge()));
    }

    private Duration retentionOf(Job job) {
        boolean repeated = job.outcome()
                .flatMap(Job.Outcome::error)
                .filter(error -> error.code().equals(JobKeys.REPEATED))
                .isPresent();
        if (repeated) {
            return MOMENT;
        }
        Duration wanted = job.submission().flatMap(submission -> submission.policy().retention()).orElse(retention);
        boolean sooner = wanted.compareTo(MOMENT) < 0;
        return sooner && (mayBeOnItsWay(job) || isAwaited(job)) ? MOMENT : wanted;
    }

    /** Whoever submitted a job that is refused for another's sake asks for the verdict. */
    private static boolean isAwaited(Job job) {
        return job.outcome().flatMap(Job.Outcome::inFavourOf).isPresent();
    }

    /** Whether its first command may have been written and not been read back; a job that is forgotten then would be new. */
    private static boolean mayBeOnItsWay(Job job) {
        return job.intake().scheduled() && job.intake().queued() == 0;
    }

    /** What an entry of the due index leads to. The entry itself goes; where it must stay, there is another one. */
    public List<Effect> due(Job job, DueAction action, Instant now) {
        return switch (action) {
            case DueAction.Release _ -> release(job, now);
            case DueAction.Retry(int attempt) -> retry(job, attempt, now);
            // Also of a first attempt that runs: should its claim turn out never to have been won, the job goes back.
            case DueAction.Expire _ -> job.attempt() > 1 ? List.of() : ask(job, EndReason.EXPIRE, now);
            case DueAction.TimeOut _ -> ask(job, EndReason.DEADLINE, now);
            case DueAction.Disown _ -> job.submission().isPresent() ? List.of() : Waiting.disown(job, now);
            case DueAction.Purge _ -> purge(job, now);
        };
    }

    private static List<Effect> release(Job job, Instant now) {
        if (job.state() != JobState.SCHEDULED || !isReleasable(job)) {
            return List.of();
        }
        Submission submission = job.submission().orElseThrow();
        return submission.terms().isKeyed() && !job.intake().admitted()
                ? List.of(new Effect.Schedule(now.plus(AGAIN), new DueAction.Release()))
                : List.of(new Effect.Queue(Fact.JobQueued.first(submission)));
    }

    private static List<Effect> retry(Job job, int attempt, Instant now) {
        if (job.state() != JobState.RETRYING || job.attempt() != attempt || job.intake().queued() >= attempt
                || job.unwanted().isPresent() || !job.stillAwaited().isEmpty()) {
            return List.of();
        }
        return job.submission().isPresent()
                ? List.of(queueCurrent(job))
                : List.of(new Effect.Schedule(now.plus(AGAIN), new DueAction.Retry(attempt)));
    }

    /** Asked for in the control topic, so that a worker that is about to claim the job learns of it before it runs. */
    private static List<Effect> ask(Job job, EndReason reason, Instant now) {
        return job.state().isTerminal() || job.endRequests().containsKey(reason)
                ? List.of()
                : List.of(new Effect.Ask(new Fact.EndRequested(reason, now)));
    }

    private static List<Effect> purge(Job job, Instant now) {
        if (!job.state().isTerminal() && job.submission().isPresent()) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>(Waiting.disown(job, now));
        effects.addAll(forget(job));
        return effects;
    }

    /** What a request leads to that is not a fact of the job. */
    public List<Effect> requested(Job job, Request request) {
        if (!(request instanceof Request.Forget) || !job.state().isTerminal() || job.submission().isEmpty()) {
            return List.of();
        }
        return mayBeOnItsWay(job)
                ? List.of(new Effect.Schedule(request.at().plus(MOMENT), new DueAction.Purge()))
                : forget(job);
    }

    private static List<Effect> forget(Job job) {
        List<Effect> effects = new ArrayList<>();
        job.submission()
                .ifPresent(submission -> JobKeys.of(submission).forEach(key -> effects.add(new Effect.FreeKey(key))));
        effects.add(new Effect.Forget(job.id()));
        return effects;
    }
}
