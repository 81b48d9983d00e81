package dev.leat.runtime.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The configuration of a process: every option of a catalogue with its value. Immutable, so safe for all threads.
 *
 * <p>Made by {@link SettingsLoader}. Neither {@link #toString} nor {@link #describe} shows a secret.
 */
public final class Settings {
    private static final Pattern USER_INFO = Pattern.compile("://[^/]*@");

    private final OptionCatalog catalog;
    private final Map<Option<?>, Object> values;
    private final Set<Option<?>> explicit;
    private final Map<String, String> passedOn;

    Settings(OptionCatalog catalog, Map<Option<?>, Object> values, Set<Option<?>> explicit,
            Map<String, String> passedOn) {
        this.catalog = catalog;
        this.values = Map.copyOf(values);
        this.explicit = Set.copyOf(explicit);
        this.passedOn = Map.copyOf(passedOn);
    }

    /**
     * The options with what is given here and nothing from outside: for tests and for code that configures itself.
     *
     * @throws SettingsException for unknown keys and wrong values
     */
    public static Settings of(OptionCatalog catalog, Map<String, String> values) {
        return new SettingsLoader(catalog).overrides(values).load();
    }

    /**
     * The option's value, or its default.
     *
     * @throws IllegalArgumentException where the option is not in the catalogue that these settings were loaded with
     */
    @SuppressWarnings("unchecked") // The loader puts in what the same option has read.
    public <T> T get(Option<T> option) {
        Object value = values.get(option);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Expected an option of this process's catalogue, but was " + option.key());
        }
        return (T) value;
    }

    /** Whether somebody set it, be it to its default. */
    public boolean isExplicit(Option<?> option) {
        return explicit.contains(option);
    }

    /** The properties given under a prefix, without the prefix; the values are as they were written. */
    public Map<String, String> get(PrefixOption prefix) {
        if (!catalog.contains(prefix)) {
            throw new IllegalArgumentException(
                    "Expected a prefix of this process's catalogue, but was " + prefix.prefix());
        }
        Map<String, String> properties = new TreeMap<>();
        passedOn.forEach((key, value) -> {
            if (prefix.covers(key)) {
                properties.put(prefix.property(key), value);
            }
        });
        return properties;
    }

    /** What somebody set, by key, fit for a log line: secrets and what is passed on to libraries are hidden. */
    public Map<String, String> describe() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Option<?> option : catalog.options()) {
            if (explicit.contains(option)) {
                shown.put(option.key(), option.secret() ? "***" : withoutUserInfo(shown(values.get(option))));
            }
        }
        List<String> hidden = passedOn.keySet().stream().sorted().toList();
        hidden.forEach(key -> shown.put(key, "***"));
        return shown;
    }

    /** The text with {@code user:password@} of a URL hidden. */
    static String withoutUserInfo(String text) {
        return USER_INFO.matcher(text).replaceAll("://***@");
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(Object::toString).orElse("")
                : String.valueOf(value);
    }

    @Override
    public String toString() {
        return describe().toString();
    }
}
