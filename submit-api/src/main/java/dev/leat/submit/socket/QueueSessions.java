package dev.leat.submit.socket;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.leat.submit.live.LogPosition;

/** All conversations of this instance. Thread-safe. */
final class QueueSessions implements AutoCloseable {

    private static final Duration STATS_PERIOD = Duration.ofSeconds(1);

    private final QueueSession.Parts parts;
    private final Set<QueueSession> open = ConcurrentHashMap.newKeySet();
    private final StatsRounds rounds;
    private volatile boolean closed;

    QueueSessions(QueueSession.Parts parts) {
        this.parts = parts;
        this.rounds = new StatsRounds(STATS_PERIOD, parts.snapshots()::stats,
                stats -> open.forEach(session -> session.stats(stats)));
    }

    /** Begins a conversation. Does not wait. */
    QueueSession open(Wire wire, Optional<LogPosition> since) {
        QueueSession session = new QueueSession(parts, wire);
        open.add(session);
        rounds.run(open::isEmpty);
        session.open(since);
        if (closed) {
            session.end(Ending.GOING_AWAY);
        }
        return session;
    }

    /** Its connection has ended. Does not wait. */
    void closed(QueueSession session) {
        open.remove(session);
        session.closed();
    }

    int count() {
        return open.size();
    }

    /** Ends all conversations; new ones end at once. */
    @Override
    public void close() {
        closed = true;
        rounds.close();
        open.forEach(session -> session.end(Ending.GOING_AWAY));
    }
}
