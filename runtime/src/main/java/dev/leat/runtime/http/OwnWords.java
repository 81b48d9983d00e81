package dev.leat.runtime.http;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Finds what Leat itself said about a wrong value, among what libraries have wrapped around it. */
final class OwnWords {

    /** How every message of Leat about a wrong value begins. */
    private static final String BEGINNING = "Expected ";
    private static final int DEEPEST_CAUSE = 10;

    private OwnWords() {}

    /** The message of the first exception that is Leat's: thrown by its values for what they refuse. */
    static Optional<String> of(@Nullable Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            String message = cause.getMessage();
            if (cause instanceof IllegalArgumentException && message != null && message.startsWith(BEGINNING)) {
                return Optional.of(message);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
