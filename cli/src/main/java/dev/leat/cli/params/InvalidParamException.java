package dev.leat.cli.params;

/** A value on the command line is not of the type that the job type's schema says; the message tells which. */
public final class InvalidParamException extends RuntimeException {

    InvalidParamException(String message) {
        super(message);
    }
}
