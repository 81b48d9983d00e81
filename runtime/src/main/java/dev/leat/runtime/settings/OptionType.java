package dev.leat.runtime.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the text of an option becomes a value and back.
 *
 * @param name   what the configuration page calls it
 * @param parser throws an {@link IllegalArgumentException} whose message names the expected form ("a whole number")
 * @param writer writes what {@code parser} reads
 */
record OptionType<T>(String name, Function<String, T> parser, Function<T, String> writer) {
    static final OptionType<String> STRING = new OptionType<>("text", Function.identity(), Function.identity());
    static final OptionType<Integer> INTEGER = new OptionType<>("whole number", OptionType::parseInteger,
            String::valueOf);
    static final OptionType<Boolean> BOOLEAN = new OptionType<>("true or false", OptionType::parseBoolean,
            String::valueOf);
    static final OptionType<Duration> DURATION = new OptionType<>("duration", DurationText::parse,
            DurationText::format);
    static final OptionType<DataSize> DATA_SIZE = new OptionType<>("size", DataSize::parse, DataSize::toString);
    static final OptionType<Path> PATH = new OptionType<>("path", OptionType::parsePath, Path::toString);
    static final OptionType<URI> URL = new OptionType<>("URL", OptionType::parseUrl, URI::toString);

    /** A comma-separated list; blanks around its members are dropped, an empty text is an empty list. */
    static <E> OptionType<List<E>> listOf(OptionType<E> member) {
        return new OptionType<>("list of " + member.name(),
                text -> text.isBlank()
                        ? List.of()
                        : Arrays.stream(text.split(",", -1)).map(String::strip).map(member::parseMember).toList(),
                values -> values.stream().map(member.writer()).collect(Collectors.joining(",")));
    }

    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
        List<E> values = List.of(type.getEnumConstants());
        String names = values.stream().map(OptionType::wireName).collect(Collectors.joining(", "));
        return new OptionType<>(names, text -> values.stream()
                .filter(value -> wireName(value).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of " + names)), OptionType::wireName);
    }

    private T parseMember(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a list without empty members");
        }
        return parser.apply(text);
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Integer parseInteger(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("a whole number");
        }
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    private static Path parsePath(String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException _) {
            // The message below.
        }
        throw new IllegalArgumentException("a path");
    }

    private static URI parseUrl(String text) {
        try {
            URI url = new URI(text.strip());
            if (url.getScheme() != null && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // The message below.
        }
        throw new IllegalArgumentException("a URL such as http://127.0.0.1:8081");
    }
}
