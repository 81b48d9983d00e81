package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values by their keys, as {@link Yaml} reads them.
 *
 * @param values text, {@link Number}, {@link Boolean}, {@link List} or {@link Map}
 */
public record Fields(Map<String, Object> values) {

    /** The longest text that one value may be. */
    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_LIST = 100;

    /**
     * A text; numbers and truth values count as what they look like.
     *
     * @throws RefusedException if it is a list or a map, or longer than 1000 characters
     */
    public Optional<String> text(String key) throws RefusedException {
        return values.containsKey(key) ? Optional.of(requireText(key, values.get(key))) : Optional.empty();
    }

    /**
     * A truth value.
     *
     * @throws RefusedException if it is something else
     */
    public boolean flag(String key, boolean otherwise) throws RefusedException {
        return switch (values.getOrDefault(key, otherwise)) {
            case Boolean flag -> flag;
            case Object other -> throw unexpected(key, "true or false", other);
        };
    }

    /**
     * A whole number.
     *
     * @throws RefusedException if it is something else, or not from least to most
     */
    public int number(String key, int least, int most, int otherwise) throws RefusedException {
        return switch (values.getOrDefault(key, otherwise)) {
            case Integer number when number >= least && number <= most -> number;
            case Object other -> throw unexpected(key, "a whole number from %d to %d".formatted(least, most), other);
        };
    }

    /**
     * A list of at most 100 texts; none where the key is missing.
     *
     * @throws RefusedException if it is something else
     */
    public List<String> texts(String key) throws RefusedException {
        Object value = values.getOrDefault(key, List.of());
        if (!(value instanceof List<?> list) || list.size() > LONGEST_LIST) {
            throw unexpected(key, "a list of at most %d texts".formatted(LONGEST_LIST), value);
        }
        List<String> texts = new ArrayList<>();
        for (Object entry : list) {
            texts.add(requireText(key, entry));
        }
        return List.copyOf(texts);
    }

    /** The keys that are none of these, in alphabetical order. */
    public Set<String> otherThan(Set<String> known) {
        Set<String> others = new TreeSet<>(values.keySet());
        others.removeAll(known);
        return others;
    }

    private static String requireText(String key, Object value) throws RefusedException {
        boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
        if (!scalar || value.toString().length() > LONGEST_TEXT) {
            throw unexpected(key, "text of at most %d characters".formatted(LONGEST_TEXT), value);
        }
        return value.toString();
    }

    private static RefusedException unexpected(String key, String expected, Object value) {
        String shown = String.valueOf(value);
        return new RefusedException("Expected '%s' to be %s, but got '%s'".formatted(key, expected,
                shown.length() > 100 ? shown.substring(0, 100) + "…" : shown));
    }
}
