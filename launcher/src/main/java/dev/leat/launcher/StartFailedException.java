package dev.leat.launcher;

/** Leat could not start, for a reason that its message explains to the user. */
final class StartFailedException extends RuntimeException {

    StartFailedException(String message) {
        super(message);
    }
}
