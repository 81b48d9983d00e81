package dev.leat.domain.live;

import java.util.Optional;

import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobState;
import dev.leat.domain.live.Happening.Kind;

/**
 * Follows one job for those who watch it, and says of each fact whether it is to be told.
 *
 * <p>Invariant: a fact is told if and only if it counts ({@link JobFold}) and changes something that is shown: whether the
 * job is there, its status, attempt and worker, its progress, its log, its end. A fact that was told is not told when it
 * comes again; after the end nothing is told. For one thread.
 */
public final class JobWatch {

    private Job job;
    private Optional<ClaimId> lastLogger = Optional.empty();
    private long lastLines;

    /** What of a job makes a status that is worth telling. */
    private record Shown(JobState state, boolean cancelling, int attempt, Optional<ClaimId> claim) {

        static Optional<Shown> of(Job job) {
            boolean running = job.state() == JobState.RUNNING;
            return job.submission()
                    .map(_ -> new Shown(job.state(), running && job.isCancelRequested(), job.attempt(),
                            running ? job.currentClaim().map(Claim::id) : Optional.empty()));
        }
    }

    /** @param job as it is at the place from which it is followed */
    public JobWatch(Job job) {
        this.job = job;
    }

    /** The job with all facts so far. */
    public Job job() {
        return job;
    }

    /** Whether nothing more will be told. */
    public boolean isOver() {
        return job.state().isTerminal() && job.submission().isPresent();
    }

    /**
     * Whether the fact comes from one that has yet to come: an attempt starts by its command, and the command of another
     * attempt is given when the one before it is over. Told in this order, one would take the place of both.
     */
    public boolean isEarly(Fact fact) {
        return !isOver() && switch (fact) {
            case Fact.AttemptStarted started -> started.attempt() > job.intake().queued();
            case Fact.JobQueued queued -> queued.attempt() > job.attempt();
            default -> false;
        };
    }

    /** Takes the next fact; gives what is to be told, if anything. */
    public Optional<Happening> apply(Fact fact) {
        if (isOver() || isNeverTold(fact)) {
            return Optional.empty();
        }
        if (fact instanceof Fact.AttemptLogged logged) {
            return log(logged);
        }
        Job before = job;
        job = JobFold.apply(before, fact);
        return kind(before, fact).map(kind -> new Happening(kind, job, fact));
    }

    /** Such facts are large, and change nothing that is told of others. */
    private static boolean isNeverTold(Fact fact) {
        return fact instanceof Fact.AttemptCheckpointed || fact instanceof Fact.JobWatched
                || fact instanceof Fact.AwaitedEnded;
    }

    private Optional<Happening> log(Fact.AttemptLogged logged) {
        boolean known = lastLogger.filter(logged.claim()::equals).isPresent() && logged.sequence() <= lastLines;
        boolean open = logged.attempt() == job.attempt() && !job.state().isTerminal()
                && job.claims().stream().anyMatch(claim -> claim.id().equals(logged.claim()));
        if (known || !open || job.submission().isEmpty()) {
            return Optional.empty();
        }
        lastLogger = Optional.of(logged.claim());
        lastLines = logged.sequence();
        return Optional.of(new Happening(Kind.LOG, job, logged));
    }

    private Optional<Kind> kind(Job before, Fact fact) {
        if (job.equals(before) || job.submission().isEmpty()) {
            return Optional.empty();
        }
        if (job.state().isTerminal()) {
            return Optional.of(Kind.END);
        }
        if (before.submission().isEmpty()) {
            return Optional.of(Kind.CREATED);
        }
        if (fact instanceof Fact.AttemptProgressed) {
            return Optional.of(Kind.PROGRESS);
        }
        return Shown.of(before).equals(Shown.of(job)) ? Optional.empty() : Optional.of(Kind.STATUS);
    }
}
