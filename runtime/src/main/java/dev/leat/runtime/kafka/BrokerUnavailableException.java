package dev.leat.runtime.kafka;

/** Kafka did not answer for as long as somebody was willing to wait. */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
