package dev.leat.domain.batch;

import java.time.Instant;
import java.util.regex.Pattern;

import dev.leat.domain.Json;

/**
 * A batch with gaps that is kept under a name.
 *
 * @param content the template as it was written: its parameters, and the batch with placeholders
 */
public record BatchTemplate(String name, Json content, Instant updatedAt) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?");

    /** Whether a template may be called so: 1 to 60 lower-case letters, digits and dashes. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
