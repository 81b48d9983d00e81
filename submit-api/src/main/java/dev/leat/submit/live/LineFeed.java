package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;

/**
 * Tells listeners of all jobs: one line of facts, folded once for all of them by one thread that lives while anybody
 * listens. Who comes back folds the gap on his own line, and changes over to the common one where the two meet: both get
 * the facts of the tail in one order, which is counted.
 *
 * <p>The lock guards who listens and how far the line has told; it is held while listeners are told.
 */
final class LineFeed implements Feed, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineFeed.class);
    private static final int ROOM = 100_000;
    private static final int CHUNK = 1_000;
    private static final int MOST_QUIET_STEPS = 20;
    private static final Duration MOMENT = Duration.ofMillis(5);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final JobWatcher.Parts parts;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private Optional<Line> current = Optional.empty();

    LineFeed(JobWatcher.Parts parts) {
        this.parts = parts;
    }

    /** One who listens, and the number of the last fact that he is not to be told of. */
    private final class Listening implements Subscription {

        private final FeedFilter filter;
        private final FeedListener listener;
        private final LogPosition start;
        /** Up to here it has been told; guarded by the lock once it is in the line. */
        private LogPosition told;
        private long after;
        /** Where it stood when it came into the line, until that has come there as well. */
        private Optional<LogPosition> ahead = Optional.empty();

        private Listening(FeedFilter filter, FeedListener listener, LogPosition start) {
            this.filter = filter;
            this.listener = listener;
            this.start = start;
            this.told = start;
        }

        @Override
        public LogPosition start() {
            return start;
        }

        /** Goes on in the line from here. */
        private void comeFrom(AllJobs own) {
            after = own.sequence();
            told = own.position();
            ahead = Optional.of(told);
        }

        /** Up to where it has been told everything, when the line is there. */
        private LogPosition with(LogPosition line) {
            ahead = ahead.filter(own -> !line.hasReached(own));
            return ahead.map(line::later).orElse(line);
        }

        /** Whether there was room, where it is to be told. */
        private boolean tell(JobHappening happening) {
            LogPosition place = with(happening.position());
            boolean room = !filter.matches(happening) || listener.offer(happening.at(place));
            told = room ? place : told;
            return room;
        }

        private void reached(LogPosition position) {
            told = with(position);
            listener.reached(told);
        }

        private void cut() {
            listener.cut(told);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                current.ifPresent(line -> line.remove(this));
            } finally {
                lock.unlock();
            }
        }
    }

    /** The common line. Its thread folds; the lock guards the listeners and the telling. */
    private final class Line {

        private final FactQueue queue = new FactQueue(ROOM);
        private final List<Listening> listeners = new ArrayList<>();
        private final AllJobs jobs;
        /** How often it has told nobody: somebody may be about to come. */
        private int quietSteps;
        private final Thread thread = Thread.ofVirtual().name("leat-live-line").unstarted(this::run);

        private Line() {
            LogTail.Joined joined = parts.tail().join(queue);
            this.jobs = new AllJobs(parts, queue, joined.position(), joined.sequence());
        }

        private void add(Listening listening) {
            quietSteps = 0;
            listening.after = Math.max(listening.after, jobs.sequence());
            listeners.add(listening);
        }

        private void remove(Listening listening) {
            var _ = listeners.remove(listening);
        }

        private void end() {
            parts.tail().leave(queue);
            queue.close();
            current = current.filter(line -> line != this);
            thread.interrupt();
        }

        private void run() {
            try {
                while (!queue.isClosed() || !queue.isEmpty() || jobs.isToPrepare()) {
                    step();
                }
            } catch (InterruptedException nobodyListens) {
                LOG.debug("Nobody listens any more");
            } finally {
                cutAll();
            }
        }

        private void step() throws InterruptedException {
            jobs.await(IDLE, CHUNK);
            try {
                jobs.prepare();
                locked(this::tell);
            } catch (ProblemException unavailable) {
                LOG.warn("Expected to tell what happens to all jobs, but: {}; trying again", unavailable.getMessage());
                Thread.sleep(AGAIN);
            }
        }

        private void tell() {
            List<Listening> slow = new ArrayList<>();
            jobs.fold((happening, sequence) -> listeners.stream()
                    .filter(one -> sequence > one.after && !slow.contains(one) && !one.tell(happening))
                    .forEach(slow::add));
            slow.forEach(one -> {
                listeners.remove(one);
                one.cut();
            });
            if (jobs.isDone()) {
                parts.tail().positionBehind(queue).ifPresent(jobs::moveTo);
            }
            listeners.forEach(one -> one.reached(jobs.position()));
            if (listeners.isEmpty() && quietSteps++ > MOST_QUIET_STEPS) {
                end();
            }
        }

        private void cutAll() {
            locked(() -> {
                listeners.forEach(Listening::cut);
                listeners.clear();
                end();
            });
        }
    }

    @Override
    public Subscription watchAll(FeedFilter filter, Optional<LogPosition> since, FeedListener listener)
            throws PositionGoneException {
        FactQueue queue = new FactQueue(ROOM);
        LogTail.Joined joined = parts.tail().join(queue);
        try {
            LogPosition start = since.orElse(joined.position());
            List<LoggedFact> gap = parts.gaps().read(start, joined.position(), Optional.empty());
            // The place may be that of a gateway that has read further.
            if (!parts.tail().awaitPosition(start, CATCH_UP)) {
                throw new PositionGoneException("Expected a place in the log, but it is behind the end of it");
            }
            AllJobs own = new AllJobs(parts, queue, start, joined.sequence());
            own.add(gap);
            return catchUp(own, queue, new Listening(filter, listener, start));
        } finally {
            parts.tail().leave(queue);
        }
    }

    /** With the lock. */
    private Line line() {
        if (current.filter(line -> !line.queue.isClosed()).isEmpty()) {
            Line line = new Line();
            current = Optional.of(line);
            line.thread.start();
        }
        return current.orElseThrow();
    }

    private Subscription catchUp(AllJobs own, FactQueue queue, Listening listening) throws PositionGoneException {
        while (true) {
            boolean[] room = {true};
            own.prepare();
            own.fold((happening, _) -> room[0] = room[0] && listening.tell(happening));
            if (!room[0]) {
                listening.cut();
                return listening;
            }
            if (own.isDone() && changeOver(own, listening)) {
                return listening;
            }
            if (queue.isClosed() && queue.isEmpty() && !own.isToPrepare()) {
                throw new PositionGoneException("Expected to catch up, but too much happens meanwhile");
            }
            await(own);
        }
    }

    private static void await(AllJobs own) {
        try {
            own.await(MOMENT, ROOM);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiProblems.streamUnavailable("The API stops.");
        }
    }

    /** Whether the common line is not further, so that it can go on from here. */
    private boolean changeOver(AllJobs own, Listening listening) {
        lock.lock();
        try {
            Line line = line();
            if (own.sequence() < line.jobs.sequence()) {
                return false;
            }
            listening.comeFrom(own);
            line.add(listening);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LogPosition shown() {
        LogPosition shown = LogPosition.BEGINNING;
        for (int partition = 0; partition < parts.reader().partitions(); partition++) {
            shown = shown.later(parts.folds().ask(partition, List.of()).shown());
        }
        return shown;
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the line; all listeners are cut. */
    @Override
    public void close() {
        locked(() -> current.ifPresent(line -> line.queue.close()));
    }
}
