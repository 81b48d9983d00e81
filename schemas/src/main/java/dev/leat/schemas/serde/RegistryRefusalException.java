package dev.leat.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry understood the request and refused it: wrong credentials, an incompatible or an unregistered schema.
 * Somebody has to change something; neither waiting nor another record helps.
 */
public final class RegistryRefusalException extends SerializationException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RegistryRefusalException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status of the refusal. */
    public int status() {
        return status;
    }
}
