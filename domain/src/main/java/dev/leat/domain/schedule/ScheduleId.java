package dev.leat.domain.schedule;

import java.util.regex.Pattern;

import dev.leat.domain.Excerpt;

/** Names a schedule: 1 to 100 lower-case letters, digits, dots, dashes and underscores, with a letter or digit first. */
public record ScheduleId(String value) {

    /** What an id looks like. */
    public static final String REGEX = "[a-z0-9][a-z0-9._-]{0,99}";

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    /** @throws IllegalArgumentException saying what was expected and what came */
    public ScheduleId {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("Expected a schedule id of 1 to 100 lower-case letters, digits, '.', '-'"
                    + " and '_' that begins with a letter or digit, but got '" + Excerpt.of(value) + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
