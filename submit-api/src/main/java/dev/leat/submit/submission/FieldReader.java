package dev.leat.submit.submission;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.leat.runtime.json.FieldError;

/**
 * Reads the value that the parser stands on as one of some kind, and notes what is wrong where it is another: then the
 * value is empty. Either way the parser stands on the value's end. For one thread.
 */
public final class FieldReader {

    private static final int EXCERPT = 60;

    private final JsonParser parser;
    private final List<FieldError> errors = new ArrayList<>();

    /** Reads one member of an object, on whose value the parser stands. */
    @FunctionalInterface
    public interface Member {
        void read(String name) throws IOException;
    }

    /**
     * Where a value stands in the text that is read.
     *
     * @param start of its first character
     * @param end after its last
     */
    public record Span(int start, int end) {

        /** The value as it was written. */
        public String of(String text) {
            return text.substring(start, end);
        }
    }

    /** Reads from where the parser stands. */
    public FieldReader(JsonParser parser) {
        this.parser = parser;
    }

    /** What has been wrong so far. */
    public List<FieldError> errors() {
        return errors;
    }

    public JsonParser parser() {
        return parser;
    }

    /** Whether the parser stands on such a token. */
    public boolean isAt(JsonToken token) {
        return parser.currentToken() == token;
    }

    /** Reads the members of the object on whose start the parser stands. */
    public void members(String pointer, List<String> known, Member member) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (known.contains(name)) {
                member.read(name);
            } else {
                error(pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "Expected no field but " + String.join(", ", known) + ", but got '" + excerpt(name) + "'");
                parser.skipChildren();
            }
        }
    }

    /** A text. */
    public Optional<String> text(String pointer, String expected) throws IOException {
        if (!isAt(JsonToken.VALUE_STRING)) {
            wrong(pointer, expected);
            return Optional.empty();
        }
        return Optional.of(parser.getText());
    }

    /** A text that people read: not empty, at most so many characters, all of which can be shown. */
    public Optional<String> label(String pointer, int longest) throws IOException {
        return text(pointer, "a text").filter(label -> {
            if (label.isEmpty() || label.length() > longest) {
                error(pointer, "Expected 1 to " + longest + " characters, but got " + label.length());
                return false;
            }
            if (label.chars().anyMatch(Character::isISOControl) || hasLoneSurrogate(label)) {
                error(pointer, "Expected characters that can be shown, but got others");
                return false;
            }
            return true;
        });
    }

    /** An object as it is written, whatever it says. The parser must read a text, and not bytes. */
    public Optional<Span> object(String pointer) throws IOException {
        if (!isAt(JsonToken.START_OBJECT)) {
            wrong(pointer, "an object");
            return Optional.empty();
        }
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        parser.skipChildren();
        return Optional.of(new Span(start, Math.toIntExact(parser.currentLocation().getCharOffset())));
    }

    /** A truth value. */
    public Optional<Boolean> flag(String pointer) throws IOException {
        if (!isAt(JsonToken.VALUE_TRUE) && !isAt(JsonToken.VALUE_FALSE)) {
            wrong(pointer, "true or false");
            return Optional.empty();
        }
        return Optional.of(isAt(JsonToken.VALUE_TRUE));
    }

    /** A whole number in a range. */
    public Optional<Integer> wholeNumber(String pointer, int least, int most) throws IOException {
        String expected = "a whole number from " + least + " to " + most;
        if (!isAt(JsonToken.VALUE_NUMBER_INT)) {
            wrong(pointer, expected);
            return Optional.empty();
        }
        return number(pointer, expected, BigDecimal.valueOf(least), BigDecimal.valueOf(most))
                .map(BigDecimal::intValueExact);
    }

    /** A number in a range. */
    public Optional<Double> number(String pointer, int least, int most) throws IOException {
        String expected = "a number from " + least + " to " + most;
        if (!isAt(JsonToken.VALUE_NUMBER_INT) && !isAt(JsonToken.VALUE_NUMBER_FLOAT)) {
            wrong(pointer, expected);
            return Optional.empty();
        }
        return number(pointer, expected, BigDecimal.valueOf(least), BigDecimal.valueOf(most))
                .map(BigDecimal::doubleValue);
    }

    private Optional<BigDecimal> number(String pointer, String expected, BigDecimal least, BigDecimal most)
            throws IOException {
        String digits = parser.getText();
        try {
            BigDecimal number = new BigDecimal(digits);
            if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException beyond) {
            // Of an exponent beyond 32 bits: refused as any other that is too large or too small.
        }
        error(pointer, "Expected " + expected + ", but got " + excerpt(digits));
        return Optional.empty();
    }

    /** A duration in ISO 8601, in whole milliseconds. */
    public Optional<Duration> duration(String pointer, Duration least, Duration most) throws IOException {
        String expected = "a duration such as PT30S, from " + shown(least) + " to " + shown(most);
        Optional<String> text = text(pointer, expected);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration duration = Duration.parse(text.get());
            if (!duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))) {
                error(pointer, "Expected whole milliseconds, but got '" + excerpt(text.get()) + "'");
                return Optional.empty();
            }
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return Optional.of(duration);
            }
        } catch (DateTimeException otherForm) {
            // Named below, as is one that is out of range.
        }
        error(pointer, "Expected " + expected + ", but got '" + excerpt(text.get()) + "'");
        return Optional.empty();
    }

    /** A time with its offset from UTC, as RFC 3339 writes it. */
    Optional<Instant> time(String pointer) throws IOException {
        String expected = "a time such as 2026-01-31T12:00:00Z";
        Optional<String> text = text(pointer, expected);
        try {
            return text.map(written -> OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException otherForm) {
            error(pointer, "Expected " + expected + ", but got '" + excerpt(text.orElse("")) + "'");
            return Optional.empty();
        }
    }

    /** Notes that the value is of another kind, and passes over it. */
    public void wrong(String pointer, String expected) throws IOException {
        error(pointer, "Expected " + expected + ", but got " + name(parser.currentToken()));
        parser.skipChildren();
    }

    /** Notes what is wrong, with the place as a JSON pointer. */
    public void error(String pointer, String message) {
        errors.add(new FieldError(excerpt(pointer), message));
    }

    /** Java itself writes no days. */
    private static String shown(Duration duration) {
        long days = duration.toDays();
        return days > 0 && duration.equals(Duration.ofDays(days)) ? "P" + days + "D" : duration.toString();
    }

    /** Cuts foreign text. */
    public static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    /** Avro would write a question mark in its place, and the job would run with other params than were sent. */
    static boolean hasLoneSurrogate(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** What a token is called in messages. */
    public static String name(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
