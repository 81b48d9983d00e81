package dev.leat.submit.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import dev.leat.domain.live.Happening;
import dev.leat.submit.live.JobHappening;
import dev.leat.submit.live.LogPosition;

/**
 * What waits to be told to one client: answers first, then the state of the queue, then what happened to jobs in the order
 * of the log, then counts. Bounded: who cannot keep up is cut, and does not take memory.
 *
 * <p>Invariant: a message carries a place in the log before which everything has been told, or has become old. Progress
 * that is held back keeps that place from moving past it, so that going on from a message's place loses nothing. What came
 * after the held progress may then be told again: at most what happened within the pause.
 *
 * <p>Thread-safe, by its monitor. One thread takes; nobody waits for it but in {@link #awaitRoom}.
 */
final class Outbox {

    /** How long progress of one job is held back after the last that was told of it: four a second. */
    static final Duration PROGRESS_PAUSE = Duration.ofMillis(250);

    /** Each client has at most {@link QueueSession#MAX_REQUESTS} under way, and may ping a few times more. */
    private static final int MAX_ANSWERS = 100;

    private final int capacity;
    private final LongSupplier nanoTime;
    private final Deque<ServerMessage> answers = new ArrayDeque<>();
    private final Deque<News> news = new ArrayDeque<>();
    private final HeldProgress progress = new HeldProgress(PROGRESS_PAUSE);
    private Optional<StateAt> state = Optional.empty();
    private Optional<Map<String, Object>> stats = Optional.empty();
    /** The last that came, and its number. */
    private LogPosition arrived = LogPosition.BEGINNING;
    private long arrivals;
    /** The last that was taken in order, and its number. */
    private LogPosition taken = LogPosition.BEGINNING;
    private long takenNumber;
    private boolean begun;
    private boolean closed;

    /** The state of the queue without what it gets when it is told. */
    record StateAt(Optional<String> requestId, Snapshot snapshot) {}

    /** @param capacity how many happenings may wait */
    Outbox(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    /** Begins with what comes after a place; what has waited from before is dropped. */
    synchronized void begin(LogPosition place, Optional<StateAt> first) {
        news.clear();
        progress.clear();
        stats = Optional.empty();
        state = first;
        arrived = place;
        taken = place;
        takenNumber = arrivals;
        begun = true;
        notifyAll();
    }

    /** Takes what happened; {@code false} where too much waits already. */
    synchronized boolean offer(JobHappening happening) {
        LogPosition before = arrived;
        arrived = happening.position();
        arrivals++;
        Optional<JobNewsType> type = JobNewsType.of(happening.happening());
        if (type.isEmpty()) {
            return !closed;
        }
        News one = new News(arrivals, type.get(), happening);
        if (happening.kind() == Happening.Kind.PROGRESS) {
            progress.put(one, before, nanoTime.getAsLong());
        } else {
            progress.drop(one.job());
            if (news.size() >= capacity) {
                return false;
            }
            news.add(one);
        }
        notifyAll();
        return !closed;
    }

    /** Everything up to this place has come; nothing of it is to be told but what has. */
    synchronized void reached(LogPosition place) {
        arrived = place;
        if (news.isEmpty()) {
            taken = place;
            takenNumber = arrivals;
        }
    }

    /** Waits until one more happening can be taken, or the time is over. */
    synchronized void awaitRoom(Duration patience) {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); news.size() >= capacity && !closed
                    && left > 0; left = deadline - nanoTime.getAsLong()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes an answer; {@code false} where too many wait already. */
    synchronized boolean answer(ServerMessage answer) {
        if (answers.size() >= MAX_ANSWERS) {
            return false;
        }
        answers.add(answer);
        notifyAll();
        return !closed;
    }

    /** Takes counts, in place of older ones that wait. */
    synchronized void stats(Map<String, Object> newer) {
        if (begun) {
            stats = Optional.of(newer);
            notifyAll();
        }
    }

    /** The place from which nothing is missed by who got all that was taken. */
    synchronized LogPosition place() {
        return progress.first()
                .filter(held -> held.news().sequence() <= takenNumber)
                .map(HeldProgress.Held::before)
                .orElse(taken);
    }

    /** Nothing more is taken; {@code false} where that was so before. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        notifyAll();
        return first;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * The next message, as soon as there is one.
     *
     * @return empty where there is none in time, or nothing more is taken
     */
    synchronized Optional<ServerMessage> take(Duration patience) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        while (!closed) {
            long now = nanoTime.getAsLong();
            Optional<ServerMessage> next = next(now);
            if (next.isPresent() || deadline - now <= 0) {
                return next;
            }
            long pause = Math.min(deadline - now, progress.untilDue(now).orElse(Long.MAX_VALUE));
            wait(pause / 1_000_000 + 1);
        }
        return Optional.empty();
    }

    private Optional<ServerMessage> next(long now) {
        return Optional.ofNullable(answers.poll()).or(this::nextState).or(() -> nextNews(now)).or(this::nextStats);
    }

    private Optional<ServerMessage> nextState() {
        Optional<ServerMessage> next = state.map(at -> at.snapshot().message(at.requestId(), taken.toString()));
        state = Optional.empty();
        return next;
    }

    private Optional<ServerMessage> nextNews(long now) {
        Optional<News> first = Optional.ofNullable(news.peek());
        Optional<HeldProgress.Held> due = progress.firstDue(now)
                .filter(held -> first.map(one -> held.news().sequence() < one.sequence()).orElse(true));
        if (due.isPresent()) {
            progress.tell(due.get(), now);
            return due.map(held -> told(held.news()));
        }
        news.poll();
        notifyAll();
        return first.map(this::told);
    }

    private ServerMessage told(News one) {
        if (one.sequence() > takenNumber) {
            takenNumber = one.sequence();
            taken = one.happening().position();
        }
        return one.message(place().toString());
    }

    private Optional<ServerMessage> nextStats() {
        Optional<ServerMessage> next = stats
                .map(counts -> new ServerMessage.StatsUpdate(place().toString(), counts));
        stats = Optional.empty();
        return next;
    }
}
