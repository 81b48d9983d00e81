package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.live.JobWatch;
import dev.leat.domain.live.Rewind;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.submit.ApiProblems;

/**
 * One watcher of one job: what it is told first, and what comes then.
 *
 * <pre>
 *            shown                 joined
 *   ───────────┼─────────────────────┼────────────────▶ log
 *     the projector's job    the gap     the queue
 * </pre>
 *
 * <p>Who comes for the first time gets the job as the projector shows it, and then folds the facts that it does not hold,
 * from the gap and the queue, onto the same job. Who comes back wants the facts since he left: with them, the job as it is
 * now says what it was then ({@link Rewind}), and from there he is told what he would have been told.
 *
 * <p>For one thread.
 */
final class JobWatcher implements AutoCloseable {

    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(5);

    private final LogTail tail;
    private final JobId id;
    private final FactQueue queue;
    private final int partition;
    private final FactLine line = new FactLine();
    private Optional<Json> state = Optional.empty();
    private List<String> topics = List.of();
    /** Up to here it has been told everything; facts before are passed over. */
    private LogPosition position = LogPosition.BEGINNING;
    private JobWatch watch;

    /** What all watchers work with. */
    record Parts(LogTail tail, GapReader gaps, Folds folds, FactReader reader, int room) {}

    /** Up to where the projectors show the job, and where this has joined the tail. */
    private record Places(LogPosition shown, LogPosition joined) {}

    private JobWatcher(LogTail tail, JobId id, FactQueue queue, int partition) {
        this.tail = tail;
        this.id = id;
        this.queue = queue;
        this.partition = partition;
        this.watch = new JobWatch(Job.unknown(id));
    }

    /**
     * Begins to watch; empty where there is no such job.
     *
     * @param since the place to go on from; empty to begin with the job as it is
     * @throws dev.leat.runtime.http.ProblemException 503 where Kafka or the projectors do not answer
     */
    static Optional<JobWatcher> open(Parts parts, JobId id, Optional<LogPosition> since) {
        FactQueue queue = new FactQueue(parts.room());
        int partition = PartitionOf.job(id, parts.reader().partitions());
        JobWatcher watcher = new JobWatcher(parts.tail(), id, queue, partition);
        LogTail.Joined joined = parts.tail().join(id, queue);
        boolean found = false;
        try {
            found = watcher.begin(parts, joined, since);
            return found ? Optional.of(watcher) : Optional.empty();
        } finally {
            if (!found) {
                watcher.close();
            }
        }
    }

    private boolean begin(Parts parts, LogTail.Joined joined, Optional<LogPosition> since) {
        Folds.Known known = parts.folds().ask(partition, List.of(id));
        Optional<Folds.Fold> fold = Optional.ofNullable(known.jobs().get(id));
        if (fold.isEmpty()) {
            return false;
        }
        topics = LoggedFact.topicsOf(fold.get().job().submission().orElseThrow().type().plugin());
        Places places = new Places(known.shown().only(partition, topics), joined.position().only(partition, topics));
        if (since.isEmpty() || !resume(parts, fold.get().job(), places, since.get().only(partition, topics))) {
            show(parts, fold.get(), places);
        }
        return true;
    }

    private void show(Parts parts, Folds.Fold fold, Places places) {
        state = Optional.of(fold.view());
        watch = new JobWatch(fold.job());
        position = places.shown();
        try {
            line.add(parts.gaps().read(places.shown(), places.joined(), Optional.of(id)));
        } catch (PositionGoneException e) {
            throw ApiProblems.streamUnavailable("The projectors are too far behind.");
        }
    }

    /** Whether what was missed could be had. */
    private boolean resume(Parts parts, Job job, Places places, LogPosition since) {
        List<LoggedFact> facts = new ArrayList<>();
        try {
            facts.addAll(parts.gaps().read(places.shown().earlier(since), places.joined(), Optional.of(id)));
        } catch (PositionGoneException gone) {
            return false;
        }
        // The job may hold facts that the tail has yet to read.
        if (!tail.awaitPosition(places.shown(), CATCH_UP)) {
            throw ApiProblems.streamUnavailable("Kafka does not answer.");
        }
        // The place may be that of a gateway that has read further.
        if (!tail.awaitPosition(since, CATCH_UP)) {
            return false;
        }
        facts.addAll(queue.drain());
        if (queue.isClosed()) {
            return false;
        }
        Job now = job;
        for (LoggedFact fact : facts) {
            now = fact.isFrom(places.shown()) ? JobFold.apply(now, fact.fact()) : now;
        }
        List<LoggedFact> missed = facts.stream().filter(fact -> fact.isFrom(since)).toList();
        watch = new JobWatch(Rewind.before(now, missed.stream().map(LoggedFact::fact).toList()));
        position = since;
        line.add(missed);
        return true;
    }

    /** The job as it is shown at {@link #position}, for who is to see it first; empty for who goes on. */
    Optional<Json> state() {
        return state;
    }

    /** Up to where everything has been told. */
    LogPosition position() {
        return position;
    }

    /** The job as of {@link #position}. */
    Job job() {
        return watch.job();
    }

    /** Whether the job had ended at {@link #position}. */
    boolean isOver() {
        return watch.isOver();
    }

    /** Whether no more will come after {@link #next} gave none, though the job goes on: it was too slow, or the feed has ended. */
    boolean isCut() {
        return queue.isClosed() && queue.isEmpty();
    }

    /** Whether something had to be left out for want of room; what is left to be told is without a gap. */
    boolean isOverrun() {
        return queue.isClosed();
    }

    /** What happens next; empty where nothing has in time, or it is cut. */
    Optional<JobHappening> next(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<LoggedFact> fact = line.next(early -> watch.isEarly(early.fact()), System.nanoTime());
            Optional<JobHappening> happening = fact.filter(next -> next.isFrom(position)).flatMap(this::take);
            if (happening.isPresent()) {
                return happening;
            }
            if (fact.isEmpty() && !await(end)) {
                moveOn();
                return Optional.empty();
            }
        }
    }

    /** Waits until then for another fact; whether to look again. */
    private boolean await(long end) throws InterruptedException {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        boolean held = !line.isEmpty();
        Optional<LoggedFact> next = queue.poll(held && left.compareTo(MOMENT) > 0 ? MOMENT : left);
        next.ifPresent(fact -> line.add(List.of(fact)));
        return next.isPresent() || (held && left.isPositive() && !isCut());
    }

    private Optional<JobHappening> take(LoggedFact fact) {
        position = position.after(fact.topic(), fact.partition(), fact.offset());
        return watch.apply(fact.fact()).map(happening -> new JobHappening(happening, position));
    }

    /** Of a quiet job in a busy partition the place would fall behind, and with it what a return has to read. */
    private void moveOn() {
        Optional.of(queue).filter(_ -> line.isEmpty()).flatMap(tail::positionBehind)
                .ifPresent(now -> position = position.later(now.only(partition, topics)));
    }

    @Override
    public void close() {
        tail.leave(id, queue);
    }
}
