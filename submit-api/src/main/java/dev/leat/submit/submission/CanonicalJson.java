package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * A JSON text in a form that is the same for all texts that say the same.
 *
 * <p>What makes no difference: white space, the order of the names in an object, how characters are escaped, and how a
 * number is written: {@code 100}, {@code 100.0} and {@code 1e2} are one number, as are {@code 0} and {@code -0}, to any
 * number of digits. All else does: the order in a list, {@code 1} or {@code "1"}, a name that is missing or one whose
 * value is null.
 *
 * @param text without white space, names in the order of their UTF-16 code units, numbers as {@link BigDecimal} writes
 *        them without trailing zeros
 */
record CanonicalJson(String text) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * Brings a text into the form.
     *
     * @param json has been read before: JSON, each name once in its object, of bounded depth
     */
    static CanonicalJson of(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return new CanonicalJson(value(parser, parser.nextToken()));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected JSON that has been read before, but cannot read it", e);
        }
    }

    private static String value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> quoted(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            default -> token.asString();
        };
    }

    private static String object(JsonParser parser) throws IOException {
        TreeMap<String, String> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        StringJoiner text = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> text.add(quoted(name) + ":" + value));
        return text.toString();
    }

    private static String list(JsonParser parser) throws IOException {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            text.add(value(parser, token));
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String number(String digits) {
        try {
            return new BigDecimal(digits).stripTrailingZeros().toString();
        } catch (NumberFormatException | ArithmeticException beyond) {
            return digits; // Of an exponent beyond 32 bits; such a number is the same as itself alone.
        }
    }

    /** The SHA-256 of the text in UTF-8, as 64 hexadecimal digits. */
    String sha256() {
        return sha256("");
    }

    /**
     * The same for a text that belongs to something.
     *
     * @param name of what it belongs to, without line breaks: the same text has another hash under another name
     */
    String sha256Under(String name) {
        return sha256(name + "\n");
    }

    private String sha256(String prefix) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((prefix + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every Java, but there is none", e);
        }
    }
}
