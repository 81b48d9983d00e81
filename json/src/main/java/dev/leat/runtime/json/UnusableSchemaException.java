package dev.leat.runtime.json;

/** A JSON Schema against which nothing can be checked. Whoever published it is at fault, not who submits params. */
public final class UnusableSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableSchemaException(String message) {
        super(message);
    }
}
