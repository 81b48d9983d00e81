package dev.leat.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line that an attempt has written to its job's log.
 *
 * @param message cut to {@value #MAX_MESSAGE} characters
 * @param fields by name; at most {@value #MOST_FIELDS}, names and values cut to {@value #MAX_FIELD} characters
 */
public record LogLine(Instant at, Level level, String message, Map<String, String> fields) {

    public static final int MAX_MESSAGE = 2_000;
    public static final int MOST_FIELDS = 20;
    public static final int MAX_FIELD = 200;

    /** How much a line matters. */
    public enum Level {
        DEBUG, INFO, WARN, ERROR;

        /** The name outside the JVM. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public LogLine {
        message = cut(message, MAX_MESSAGE);
        Map<String, String> bounded = new TreeMap<>();
        fields.entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(MOST_FIELDS).forEach(
                field -> bounded.put(cut(field.getKey(), MAX_FIELD), cut(field.getValue(), MAX_FIELD)));
        fields = Map.copyOf(bounded);
    }

    /** About how much it holds, in characters. */
    public int size() {
        return message.length()
                + fields.entrySet().stream().mapToInt(field -> field.getKey().length() + field.getValue().length())
                        .sum();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
