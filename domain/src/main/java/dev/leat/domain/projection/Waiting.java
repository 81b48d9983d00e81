package dev.leat.domain.projection;

import java.time.Instant;
import java.util.List;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.Waits;

/**
 * What jobs tell each other that wait for each other.
 *
 * <pre>
 *   waiting job ── JobWatched ──▶ awaited job: notes it, and answers when it ends; at once where it has ended
 *        ▲                              │
 *        '──────── AwaitedEnded ────────'
 * </pre>
 *
 * An answer may come twice; the first one counts.
 */
final class Waiting {

    private Waiting() {}

    /** The job's next attempt waits for others: each is told. */
    static List<Effect> watches(Job job, Instant now) {
        Waits.Watcher watcher = new Waits.Watcher(job.id(), job.attempt());
        return job.stillAwaited()
                .stream()
                .<Effect>map(awaited -> new Effect.Tell(awaited, new Fact.JobWatched(watcher, now)))
                .toList();
    }

    static Effect answer(Waits.Watcher watcher, AwaitedJob end, Instant now) {
        return new Effect.Tell(watcher.job(), new Fact.AwaitedEnded(watcher.attempt(), end, now));
    }

    /** An answer to each who waits for the job. */
    static List<Effect> answers(Job job, AwaitedJob end, Instant now) {
        return job.waits().watchers().stream().sorted().map(watcher -> answer(watcher, end, now)).toList();
    }

    /** Nobody knows the job for which others wait. */
    static List<Effect> disown(Job job, Instant now) {
        return answers(job, AwaitedJob.unknown(job.id()), now);
    }
}
