package dev.leat.domain;

import java.util.regex.Pattern;

/**
 * The name by which a job type is known outside its plugin: {@code plugin:name}. Both parts are lower-case letters,
 * digits and dashes, at most 60 characters each: the plugin's id is part of topic names, which end at 249.
 */
public record JobTypeName(String plugin, String name) implements Comparable<JobTypeName> {

    /** What a plugin's id and a job type's name within it look like. */
    public static final String PART_REGEX = "[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?";

    private static final Pattern PART = Pattern.compile(PART_REGEX);

    public JobTypeName {
        requirePart("plugin", plugin);
        requirePart("name", name);
    }

    /**
     * Reads {@code plugin:name}.
     *
     * @throws IllegalArgumentException saying what was expected and what came
     */
    public static JobTypeName parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "Expected a job type as 'plugin:name', but got '" + Excerpt.of(text) + "'");
        }
        return new JobTypeName(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether {@code text} may name a plugin. */
    public static boolean isPluginId(String text) {
        return PART.matcher(text).matches();
    }

    private static void requirePart(String what, String part) {
        if (!PART.matcher(part).matches()) {
            throw new IllegalArgumentException("Expected the " + what
                    + " of a job type to be 1 to 60 lower-case letters, digits and dashes, but got '"
                    + Excerpt.of(part) + "'");
        }
    }

    @Override
    public int compareTo(JobTypeName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return plugin + ":" + name;
    }
}
