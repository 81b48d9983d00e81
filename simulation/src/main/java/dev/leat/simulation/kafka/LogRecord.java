package dev.leat.simulation.kafka;

import java.util.Optional;

/**
 * A record of a log.
 *
 * @param key the job's or the worker's id
 * @param value a fact, a request or a heartbeat
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
