package dev.leat.plugin;

import java.util.regex.Pattern;

/**
 * The form of plugin ids and job type names: 1 to {@value #MAX_LENGTH} lower-case letters, digits and dashes that neither
 * begin nor end with a dash, such as {@code image-tools}. It is safe in topic names, in paths of URLs
 * and on a command line.
 */
public final class Identifier {

    /** The most characters that an identifier has. */
    public static final int MAX_LENGTH = 60;

    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    private Identifier() {}

    /** Whether the text has the form of an identifier. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    /**
     * Gives the text back if it has the form of an identifier.
     *
     * @param what what the text names, for the message, such as "a plugin id"
     * @throws IllegalArgumentException if it has not
     */
    public static String require(String what, String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    "Expected %s of 1 to %d lower-case letters, digits and dashes that neither begins nor ends with a dash, but got '%s'"
                            .formatted(what, MAX_LENGTH, text));
        }
        return text;
    }
}
