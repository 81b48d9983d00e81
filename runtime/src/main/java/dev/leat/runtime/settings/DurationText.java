package dev.leat.runtime.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d}, or ISO 8601. */
public final class DurationText {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");
    private static final Map<String, Long> MILLIS = new LinkedHashMap<>();
    static {
        MILLIS.put("d", 86_400_000L);
        MILLIS.put("h", 3_600_000L);
        MILLIS.put("m", 60_000L);
        MILLIS.put("s", 1_000L);
        MILLIS.put("ms", 1L);
    }

    private DurationText() {}

    /** Reads a duration that is not negative; the message of the exception says which forms there are. */
    public static Duration parse(String text) {
        String stripped = text.strip();
        try {
            Matcher matcher = SHORT.matcher(stripped);
            Duration duration = matcher.matches()
                    ? Duration.ofMillis(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2))))
                    : Duration.parse(stripped);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException _) {
            // The one message below is for every wrong form.
        }
        throw new IllegalArgumentException("a duration such as 500ms, 10s, 5m, 2h, 7d or PT10S");
    }

    /** The largest unit that gives a whole number; ISO 8601 for what is finer than a millisecond. */
    public static String format(Duration duration) {
        if (!duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))) {
            return duration.toString();
        }
        long millis = duration.toMillis();
        return MILLIS.entrySet()
                .stream()
                .filter(unit -> millis != 0 && millis % unit.getValue() == 0)
                .findFirst()
                .map(unit -> millis / unit.getValue() + unit.getKey())
                .orElse("0s");
    }

    private static long unit(String name) {
        Long millis = MILLIS.get(name);
        if (millis == null) {
            throw new IllegalStateException("Expected a unit of " + MILLIS.keySet() + ", but was " + name);
        }
        return millis;
    }
}
