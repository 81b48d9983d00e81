package dev.leat.schemas.serde;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry gave no usable answer within the time set for it: not reachable, too slow, in trouble, or something else
 * answers in its place. Says nothing about the record; the same call may succeed later.
 */
public final class RegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    /** For the failures of other serializers that mean the same. */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
