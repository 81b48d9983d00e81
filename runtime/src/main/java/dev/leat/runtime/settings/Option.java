package dev.leat.runtime.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One typed option of a service, declared as a static final of the service's {@code …Options} class:
 *
 * <pre>{@code
 * static final Option<Integer> SLOTS = Option.integer("leat.worker.slots", "How many jobs run at once.")
 *         .unit("jobs").between(1, 10_000).defaultsTo(32);
 * }</pre>
 *
 * <p>Options are read once at start, so every change needs a restart.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {
    private static final Pattern KEY = Pattern.compile("leat(\\.[a-z0-9]+)+");

    private final String key;
    private final String meaning;
    private final OptionType<?> type;
    private final Reader<T> reader;
    private final Traits traits;

    /** Gives the value of a text, or of no text at all. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(Optional<String> text);
    }

    /** @param defaultIsValue whether the default is a value, and not words about what happens without one */
    private record Traits(String unit, String range, String defaultText, boolean defaultIsValue, boolean secret) {}

    private Option(String key, String meaning, OptionType<?> type, Reader<T> reader, Traits traits) {
        this.key = key;
        this.meaning = meaning;
        this.type = type;
        this.reader = reader;
        this.traits = traits;
    }

    public static Builder<String> text(String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.STRING).check(value -> !value.isBlank(), "not blank");
    }

    public static ComparableBuilder<Integer> integer(String key, String meaning) {
        return new ComparableBuilder<>(key, meaning, OptionType.INTEGER);
    }

    /** Zero or more; written as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d} or ISO 8601. */
    public static ComparableBuilder<Duration> duration(String key, String meaning) {
        return new ComparableBuilder<>(key, meaning, OptionType.DURATION);
    }

    public static ComparableBuilder<DataSize> dataSize(String key, String meaning) {
        return new ComparableBuilder<>(key, meaning, OptionType.DATA_SIZE);
    }

    public static Builder<Boolean> bool(String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.BOOLEAN);
    }

    public static Builder<Path> path(String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.PATH);
    }

    public static Builder<List<String>> texts(String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.listOf(OptionType.STRING));
    }

    public static Builder<URI> url(String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.URL);
    }

    public static Builder<List<URI>> urls(String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.listOf(OptionType.URL));
    }

    /** Written as the constant's name in lower case, {@code -} for {@code _}. */
    public static <E extends Enum<E>> Builder<E> oneOf(Class<E> values, String key, String meaning) {
        return new Builder<>(key, meaning, OptionType.oneOf(values));
    }

    public String key() {
        return key;
    }

    public String meaning() {
        return meaning;
    }

    public String typeName() {
        return type.name();
    }

    /** What a number counts; empty where the type says it. */
    public String unit() {
        return traits.unit();
    }

    /** The values that are allowed, in words; empty where all are. */
    public String range() {
        return traits.range();
    }

    /** The default as it would be written; in words where there is none. */
    public String defaultText() {
        return traits.defaultText();
    }

    boolean defaultIsValue() {
        return traits.defaultIsValue();
    }

    /** Whether the value must never be shown. */
    public boolean secret() {
        return traits.secret();
    }

    /** The environment variable that sets it: {@code LEAT_WORKER_SLOTS} for {@code leat.worker.slots}. */
    public String environmentName() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /**
     * The value of a text, or the default where there is none.
     *
     * @throws IllegalArgumentException with what was expected ("a whole number from 1 to 12") as its message
     */
    T read(Optional<String> text) {
        return reader.read(text);
    }

    @Override
    public String toString() {
        return key;
    }

    /** Collects what an option is; {@link #defaultsTo} or {@link #withoutDefault} ends it. */
    public static sealed class Builder<T> permits ComparableBuilder {
        private final String key;
        private final String meaning;
        private final OptionType<T> type;
        private Predicate<T> check = _ -> true;
        private String range = "";
        private String unit = "";
        private boolean secret;

        private Builder(String key, String meaning, OptionType<T> type) {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("Expected a key such as leat.worker.slots, but was " + key);
            }
            this.key = key;
            this.meaning = meaning;
            this.type = type;
        }

        /** What a number counts, in the plural. */
        public Builder<T> unit(String unit) {
            this.unit = unit;
            return this;
        }

        /** The value is never shown: not in messages, not in logs. */
        public Builder<T> secret() {
            this.secret = true;
            return this;
        }

        /** Allows only what passes; {@code range} says it in words that follow the type's name ("not blank"). */
        public Builder<T> check(Predicate<T> check, String range) {
            this.check = check;
            this.range = range;
            return this;
        }

        public Option<T> defaultsTo(T value) {
            if (!check.test(value)) {
                throw new IllegalArgumentException(
                        "Expected the default of " + key + " to be " + range + ", but was " + value);
            }
            Traits traits = new Traits(unit, range, type.writer().apply(value), true, secret);
            return new Option<>(key, meaning, type, text -> text.map(this::value).orElse(value), traits);
        }

        /** Empty where nobody sets it; {@code otherwise} says in words what happens then ("the broker's"). */
        public Option<Optional<T>> withoutDefault(String otherwise) {
            return new Option<>(key, meaning, type, text -> text.map(this::value),
                    new Traits(unit, range, otherwise, false, secret));
        }

        private T value(String text) {
            T value = type.parser().apply(text);
            if (!check.test(value)) {
                throw new IllegalArgumentException("a " + type.name() + " that is " + range);
            }
            return value;
        }
    }

    /** For values with an order. */
    public static final class ComparableBuilder<T extends Comparable<T>> extends Builder<T> {
        private ComparableBuilder(String key, String meaning, OptionType<T> type) {
            super(key, meaning, type);
        }

        @Override
        public ComparableBuilder<T> unit(String unit) {
            super.unit(unit);
            return this;
        }

        /** Both ends belong to the range. */
        public Builder<T> between(T least, T most) {
            return check(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                    "from " + text(least) + " to " + text(most));
        }

        public Builder<T> atLeast(T least) {
            return check(value -> value.compareTo(least) >= 0, "at least " + text(least));
        }

        private String text(T value) {
            return super.type.writer().apply(value);
        }
    }
}
