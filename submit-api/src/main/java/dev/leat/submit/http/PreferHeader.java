package dev.leat.submit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the preference {@code wait} of the header {@code Prefer} (RFC 7240). Of one that comes twice the first counts;
 * what is malformed says nothing, as a preference is never a reason to refuse a request.
 */
final class PreferHeader {

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    /** Of a number of more digits, all that matters is that it is large. */
    private static final int DIGITS = 9;

    private PreferHeader() {}

    /**
     * How many seconds somebody wants to wait.
     *
     * @param values all values of the header
     */
    static Optional<Integer> waitSeconds(List<String> values) {
        return values.stream()
                .flatMap(value -> preferences(value).stream())
                .filter(preference -> name(preference).equalsIgnoreCase("wait"))
                .findFirst()
                .map(PreferHeader::value)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> value.length() > DIGITS ? Integer.MAX_VALUE : Integer.parseInt(value));
    }

    /** A comma inside of quotes does not end a preference. */
    private static List<String> preferences(String header) {
        List<String> preferences = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char character = header.charAt(i);
            if (character == ',' && !quoted) {
                preferences.add(current.toString());
                current.setLength(0);
                continue;
            }
            current.append(character);
            if (quoted && character == '\\' && i + 1 < header.length()) {
                i++;
                current.append(header.charAt(i));
            } else if (character == '"') {
                quoted = !quoted;
            }
        }
        preferences.add(current.toString());
        return preferences;
    }

    private static String name(String preference) {
        return upTo('=', upTo(';', preference)).strip();
    }

    /** Without the parameters that may follow it; those of other preferences mean nothing here. */
    private static String value(String preference) {
        String pair = upTo(';', preference);
        String value = pair.substring(upTo('=', pair).length()).replaceFirst("=", "").strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static String upTo(char end, String text) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }
}
