package dev.leat.submit.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Listens to a feed for the thread of one stream. What was missed is handed on at once, on that thread and as fast as it
 * takes it; what comes later waits in a queue.
 *
 * <p>For the stream's thread, but for what the feed calls.
 */
final class Listener implements FeedListener, AutoCloseable {

    private final Feed feed;
    private final BlockingQueue<JobHappening> queue;
    private volatile boolean cut;
    private volatile LogPosition reached = LogPosition.BEGINNING;
    private LogPosition position = LogPosition.BEGINNING;
    private volatile Optional<Subscription> subscription = Optional.empty();
    private Optional<Taker> taker = Optional.empty();
    /** On which what was missed is taken; the feed calls on its own. */
    private volatile Optional<Thread> owner = Optional.empty();
    private Optional<InterruptedException> interrupted = Optional.empty();
    private Optional<EventStream.ReaderTooSlowException> slow = Optional.empty();

    /** Takes what happens, on the stream's thread. */
    interface Taker {
        void take(JobHappening happening) throws InterruptedException, EventStream.ReaderTooSlowException;
    }

    /** @param room how many happenings may wait */
    Listener(Feed feed, int room) {
        this.feed = feed;
        this.queue = new LinkedBlockingQueue<>(room);
    }

    /**
     * Begins to listen; returns when what was missed has been taken.
     *
     * @return whether what was missed could be had; where not, it begins with what comes next
     */
    boolean listen(FeedFilter filter, LogPosition since, Taker first)
            throws InterruptedException, EventStream.ReaderTooSlowException {
        position = since;
        taker = Optional.of(first);
        owner = Optional.of(Thread.currentThread());
        boolean resumed = subscribe(filter, since);
        owner = Optional.empty();
        if (interrupted.isPresent()) {
            throw interrupted.get();
        }
        if (slow.isPresent()) {
            throw slow.get();
        }
        return resumed;
    }

    private boolean subscribe(FeedFilter filter, LogPosition since) {
        try {
            subscription = Optional.of(feed.watchAll(filter, Optional.of(since), this));
            return true;
        } catch (PositionGoneException gone) {
            subscription = Optional.of(beginAnew(filter));
            position = subscription.get().start();
            return false;
        }
    }

    private Subscription beginAnew(FeedFilter filter) {
        try {
            return feed.watchAll(filter, Optional.empty(), this);
        } catch (PositionGoneException e) {
            throw new IllegalStateException("Expected to begin with what comes next, but: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean offer(JobHappening happening) {
        if (cut) {
            return false;
        }
        if (owner.filter(Thread.currentThread()::equals).isEmpty()) {
            return queue.offer(happening);
        }
        try {
            taker.orElseThrow().take(happening);
            position = happening.position();
            return true;
        } catch (InterruptedException e) {
            interrupted = Optional.of(e);
        } catch (EventStream.ReaderTooSlowException e) {
            slow = Optional.of(e);
        }
        return false;
    }

    @Override
    public void reached(LogPosition place) {
        if (queue.isEmpty()) {
            reached = place;
        }
    }

    @Override
    public void cut(LogPosition resumeAt) {
        cut = true;
    }

    /** What happens next; empty where nothing has in time, or it is cut. */
    Optional<JobHappening> next(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long slice = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(500));
            Optional<JobHappening> next = Optional
                    .ofNullable(queue.poll(cut ? 0 : Math.max(0, slice), TimeUnit.NANOSECONDS));
            if (next.isPresent()) {
                position = next.get().position();
                return next;
            }
            if (isDrained() || System.nanoTime() >= end) {
                return Optional.empty();
            }
        }
    }

    /** Up to where everything has been told. */
    LogPosition position() {
        LogPosition idle = reached;
        if (queue.isEmpty() && idle.hasReached(position)) {
            position = idle;
        }
        return position;
    }

    /** Up to where everything shows in what the projectors say. */
    LogPosition shown() {
        return feed.shown();
    }

    boolean isCut() {
        return cut;
    }

    /** Whether there is nothing more to take. */
    boolean isDrained() {
        return cut && queue.isEmpty();
    }

    @Override
    public void close() {
        cut = true;
        subscription.ifPresent(Subscription::close);
    }
}
