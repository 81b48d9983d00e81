package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Json;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;

/** Reads a body that is one JSON object, and names everything that is wrong with it at once. Thread-safe. */
public final class JsonBody {

    /** More than that helps nobody, and would let a body blow up its answer. */
    private static final int MAX_ERRORS = 20;

    private final ObjectMapper json;
    private final ObjectReader embedded;

    /** The members of an object, which notes what is wrong with them. For one body. */
    public interface Members<T> extends FieldReader.Member {

        /** Those that there may be. */
        List<String> names();

        /** Notes what is wrong with them together. */
        void check();

        /** What they say, if nothing is wrong; the text is that of the whole body. */
        T result(String text);
    }

    /** @param json the JSON of Leat */
    public JsonBody(ObjectMapper json) {
        this.json = json;
        // More of the body comes after what is embedded in it.
        this.embedded = json.readerFor(Json.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Reads JSON within a body as it is, and stops at its end. */
    public ObjectReader embedded() {
        return embedded;
    }

    /**
     * Reads a body.
     *
     * @param what is expected, such as {@code a job to submit}
     * @throws ProblemException where the body is not JSON in UTF-8, or JSON of another form
     */
    public <T> T read(byte[] body, String what, Function<FieldReader, Members<T>> membersOf) {
        String text = utf8(body);
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("Expected a JSON object, but got " + FieldReader.name(parser.currentToken()));
            }
            FieldReader reader = new FieldReader(parser);
            Members<T> members = membersOf.apply(reader);
            reader.members("", members.names(), members);
            if (parser.nextToken() != null) {
                throw malformed("Expected one JSON object, but more came after it");
            }
            members.check();
            refuse(what, reader.errors());
            return members.result(text);
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected no input or output while reading a text", e);
        }
    }

    /** What is said of a body that is not JSON. The parser's own words name its classes and options; the place says enough. */
    public static ProblemException unreadable(JsonProcessingException broken) {
        String expected = broken instanceof StreamConstraintsException
                ? "Expected JSON of sensible depth and numbers of sensible length, but got more "
                : "Expected JSON, each field once in its object, but cannot read the body ";
        JsonLocation place = broken.getLocation();
        return malformed(expected
                + (place == null ? "" : "at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr())));
    }

    private static void refuse(String what, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiProblems.invalidRequest(
                    "Expected " + what + ", but " + errors.size() + (errors.size() == 1
                            ? " thing is wrong with the body"
                            : " things are wrong with the body"),
                    errors.stream().limit(MAX_ERRORS).toList());
        }
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("Expected JSON in UTF-8, but the body is not UTF-8");
        }
    }

    private static ProblemException malformed(String detail) {
        return ApiProblems.malformedJson(detail);
    }
}
