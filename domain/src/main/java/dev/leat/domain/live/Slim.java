package dev.leat.domain.live;

import java.util.Optional;

import dev.leat.domain.Attempts;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.Json;
import dev.leat.domain.Submission;
import dev.leat.domain.Waits;

/**
 * Jobs and facts without what is large and never told: parameters, checkpoints, long results, how awaited jobs ended. Watchers hold many of them.
 * {@link JobWatch} tells the same with and without it.
 */
public final class Slim {

    /** The longest result that is told, in characters. */
    public static final int MAX_RESULT = 64 << 10;

    private static final Json NOTHING = new Json("null");

    private Slim() {}

    /** The job without its params, checkpoint and waits, and without a result that is too long to be told. */
    public static Job of(Job job) {
        Attempts attempts = job.attempts();
        return new Job(job.id(), job.state(), job.submission().map(Slim::of), job.intake(),
                new Attempts(attempts.current(), attempts.spent(), attempts.retryAt(), attempts.awaited(),
                        attempts.claims(), attempts.closed(), Optional.empty(), attempts.past()),
                job.endRequests(), Waits.NONE, job.outcome().map(Slim::of));
    }

    /** The fact without params and checkpoint. */
    public static Fact of(Fact fact) {
        return switch (fact) {
            case Fact.JobQueued queued -> new Fact.JobQueued(queued.attempt(), queued.spent(),
                    of(queued.submission()));
            case Fact.JobScheduled scheduled -> new Fact.JobScheduled(of(scheduled.submission()));
            default -> fact;
        };
    }

    private static Submission of(Submission whole) {
        return new Submission(whole.type(), whole.lane(), NOTHING, whole.tags(), whole.policy(), whole.terms(),
                whole.submittedAt(), whole.origin());
    }

    private static Job.Outcome of(Job.Outcome whole) {
        return new Job.Outcome(whole.finishedAt(),
                whole.result().filter(result -> result.value().length() <= MAX_RESULT), whole.error(),
                whole.inFavourOf());
    }
}
