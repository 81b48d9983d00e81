package dev.leat.simulation.kafka;

import java.util.Optional;

/**
 * A record of a log.
 *
 * @param key the id of a job, a worker, a schedule or a batch, or the name of a plugin
 * @param value a fact, a request, a heartbeat, a revision, a notice, an event of a batch or a setting
 * @param nanos when it was written
 */
public record LogRecord(long offset, Object key, Object value, long nanos, Optional<Transaction> transaction) {

    boolean isOpen() {
        return transaction.filter(Transaction::isOpen).isPresent();
    }

    /** Whether a reader of committed records gets it. */
    public boolean isCommitted() {
        return transaction.map(Transaction::isCommitted).orElse(true);
    }
}
