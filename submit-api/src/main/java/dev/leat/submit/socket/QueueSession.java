package dev.leat.submit.socket;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.live.Feed;
import dev.leat.submit.live.FeedFilter;
import dev.leat.submit.live.FeedListener;
import dev.leat.submit.live.JobHappening;
import dev.leat.submit.live.LogPosition;
import dev.leat.submit.live.PositionGoneException;
import dev.leat.submit.live.Subscription;

/**
 * The conversation with one client, from {@link #open} to {@link #closed}.
 *
 * <p>Threads: the connection's own thread brings messages and must not wait, nor must the feed's, which tells what
 * happens. One virtual thread writes; each command that may block has another one, at most {@value #MAX_REQUESTS} at a
 * time. All of them meet in the {@link Outbox}.
 */
final class QueueSession implements FeedListener {

    /** How many commands of one client are under way at a time; further ones are refused. */
    static final int MAX_REQUESTS = 16;

    /** How often the client's machine is asked whether it lives. Servers and proxies end connections that say nothing. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** A client that reads nothing for so long is too slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How often to look anew where the log moves on faster than the queue can be shown. */
    private static final int MAX_BEGINNINGS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(QueueSession.class);

    private final Parts parts;
    private final Wire wire;
    private final Outbox outbox;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final ReentrantLock beginning = new ReentrantLock();
    /** Guarded by {@link #beginning}. */
    private Optional<Subscription> subscription = Optional.empty();
    /** The thread that takes what the client has missed, which may wait for the client as the feed's may not. */
    private volatile Optional<Thread> catchingUp = Optional.empty();

    /**
     * What all sessions share.
     *
     * @param capacity how many messages may wait for a client
     */
    record Parts(Feed feed, Snapshots snapshots, Commands commands, ClientMessageReader reader, ObjectMapper json,
            int capacity) {}

    QueueSession(Parts parts, Wire wire) {
        this.parts = parts;
        this.wire = wire;
        this.outbox = new Outbox(parts.capacity(), System::nanoTime);
    }

    /** Begins to tell, from a place where there is one that can be gone on from. Does not wait. */
    void open(Optional<LogPosition> since) {
        start("write", this::write);
        start("open", () -> {
            try {
                if (since.isEmpty() || !goOn(since.get())) {
                    showAll(Optional.empty());
                }
            } catch (ProblemException unavailable) {
                end(ServerMessage.Refusal.of(Optional.empty(), unavailable), Ending.UNAVAILABLE);
            } catch (RuntimeException unexpected) {
                Commands.internalError(unexpected);
                end(Ending.FAULT);
            }
        });
    }

    /** Takes a client's message. Does not wait. */
    void received(byte[] text) {
        switch (parts.reader().read(text)) {
            case ClientMessageReader.Reading.Refused(Optional<String> requestId, ProblemException why) ->
                answer(ServerMessage.Refusal.of(requestId, why));
            case ClientMessageReader.Reading.Understood(ClientMessage.Ping ping) ->
                answer(new ServerMessage.Pong(ping.requestId()));
            case ClientMessageReader.Reading.Understood(ClientMessage command) -> begin(command);
        }
    }

    private void begin(ClientMessage command) {
        if (!requests.tryAcquire()) {
            answer(ServerMessage.Refusal.of(Optional.of(command.requestId()),
                    ApiProblems.tooManyRequests(MAX_REQUESTS)));
            return;
        }
        start("request", () -> {
            try {
                answerTo(command).ifPresent(this::answer);
            } finally {
                requests.release();
            }
        });
    }

    private Optional<ServerMessage> answerTo(ClientMessage command) {
        return switch (command) {
            case ClientMessage.CreateJob create -> Optional.of(parts.commands().create(create));
            case ClientMessage.CancelJob cancel -> Optional.of(parts.commands().cancel(cancel));
            case ClientMessage.ClearCompleted clear -> Optional.of(parts.commands().clear(clear));
            case ClientMessage.Ping ping -> Optional.of(new ServerMessage.Pong(ping.requestId()));
            case ClientMessage.GetState get -> state(get);
        };
    }

    /** The state goes among what is told, not among the answers; so there is only an answer where there is none. */
    private Optional<ServerMessage> state(ClientMessage.GetState get) {
        try {
            showAll(Optional.of(get.requestId()));
            return Optional.empty();
        } catch (ProblemException unavailable) {
            return Optional.of(ServerMessage.Refusal.of(Optional.of(get.requestId()), unavailable));
        } catch (RuntimeException unexpected) {
            return Optional.of(ServerMessage.Refusal.of(get.requestId(), Commands.internalError(unexpected)));
        }
    }

    /** Whether what came after the place can be told. */
    private boolean goOn(LogPosition place) {
        beginning.lock();
        try {
            watchFrom(place, Optional.empty());
            return true;
        } catch (PositionGoneException gone) {
            LOG.debug("A client is shown the whole queue: {}", gone.getMessage());
            return false;
        } finally {
            beginning.unlock();
        }
    }

    private void showAll(Optional<String> requestId) {
        beginning.lock();
        try {
            for (int i = 0; i < MAX_BEGINNINGS; i++) {
                LogPosition place = parts.feed().shown();
                Snapshot snapshot = parts.snapshots().now();
                try {
                    watchFrom(place, Optional.of(new Outbox.StateAt(requestId, snapshot)));
                    return;
                } catch (PositionGoneException overtaken) {
                    LOG.debug("The queue is looked at anew: {}", overtaken.getMessage());
                }
            }
        } finally {
            beginning.unlock();
        }
        throw ApiProblems.statusUnavailable(Duration.ofSeconds(1));
    }

    private void watchFrom(LogPosition place, Optional<Outbox.StateAt> state) throws PositionGoneException {
        subscription.ifPresent(Subscription::close);
        subscription = Optional.empty();
        outbox.begin(place, state);
        catchingUp = Optional.of(Thread.currentThread());
        try {
            subscription = Optional.of(parts.feed().watchAll(FeedFilter.ALL, Optional.of(place), this));
        } finally {
            catchingUp = Optional.empty();
        }
        if (outbox.isClosed()) {
            subscription.ifPresent(Subscription::close);
        }
    }

    @Override
    public boolean offer(JobHappening happening) {
        if (catchingUp.filter(Thread.currentThread()::equals).isPresent()) {
            outbox.awaitRoom(PATIENCE);
        }
        return outbox.offer(happening);
    }

    @Override
    public void reached(LogPosition position) {
        outbox.reached(position);
    }

    @Override
    public void cut(LogPosition resumeAt) {
        cutShort();
    }

    private void answer(ServerMessage answer) {
        if (!outbox.answer(answer)) {
            cutShort();
        }
    }

    /** Tells of other counts. Does not wait. */
    void stats(Map<String, Object> stats) {
        outbox.stats(stats);
    }

    private void write() {
        try {
            long pingAt = System.nanoTime() + HEARTBEAT.toNanos();
            while (!outbox.isClosed()) {
                Optional<ServerMessage> next = outbox.take(Duration.ofNanos(pingAt - System.nanoTime()));
                if (next.isPresent() && !wire.send(text(next.get()), PATIENCE)) {
                    cutShort();
                }
                if (pingAt - System.nanoTime() <= 0) {
                    wire.ping();
                    pingAt = System.nanoTime() + HEARTBEAT.toNanos();
                }
            }
        } catch (InterruptedException e) {
            // Nobody has this thread but this session, which ends here.
        } catch (RuntimeException unexpected) {
            Commands.internalError(unexpected);
            end(Ending.FAULT);
        }
    }

    private void cutShort() {
        end(ServerMessage.Cut.at(outbox.place()), Ending.TOO_SLOW);
    }

    private void end(ServerMessage last, Ending ending) {
        if (outbox.close()) {
            wire.endWith(text(last), ending);
        }
    }

    /** Ends the conversation from this side. Does not wait. */
    void end(Ending ending) {
        if (outbox.close()) {
            wire.end(ending);
        }
    }

    /** The connection has ended. Does not wait. */
    void closed() {
        var _ = outbox.close();
        start("close", () -> {
            beginning.lock();
            try {
                subscription.ifPresent(Subscription::close);
                subscription = Optional.empty();
            } finally {
                beginning.unlock();
            }
        });
    }

    private String text(ServerMessage message) {
        try {
            return parts.json().writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Expected to write " + message.type() + " as JSON, but cannot", e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread.ofVirtual().name("leat-socket-" + name).start(work);
    }
}
