package dev.leat.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a command stands in the log. Committing {@code offset + 1} for its partition wins the claim on it. */
public record CommandPosition(String topic, int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([a-zA-Z0-9._-]{1,249})-(\\d{1,9})@(\\d{1,18})");

    /**
     * Reads what {@link #toString()} wrote, {@code topic-partition@offset}.
     *
     * @throws IllegalArgumentException saying what was expected and what came
     */
    public static CommandPosition parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "Expected a position as 'topic-partition@offset', but got '" + Excerpt.of(text) + "'");
        }
        return new CommandPosition(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
