package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Json;
import dev.leat.domain.Terms;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;

/**
 * Reads the body of a submission, and names everything that is wrong with it at once. Of the params it only sees to it
 * that they are a JSON object; they keep their digits and the order of their names. Thread-safe.
 */
public final class SubmitJobReader {

    /** More than that helps nobody, and would let a body blow up its answer. */
    private static final int MAX_ERRORS = 20;

    private final ObjectMapper json;
    private final ObjectReader paramsReader;

    /** @param json the JSON of Leat */
    public SubmitJobReader(ObjectMapper json) {
        this.json = json;
        // More of the body comes after the params.
        this.paramsReader = json.readerFor(Json.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Reads a body.
     *
     * @param idempotencyKey what the client calls the request, so that it can send it again
     * @throws ProblemException where the body is not JSON in UTF-8, or JSON of another form; or where the job would have
     *         two keys
     */
    public SubmitJob read(byte[] body, Optional<String> idempotencyKey) {
        String text = utf8(body);
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("Expected a JSON object, but got " + FieldReader.name(parser.currentToken()));
            }
            FieldReader reader = new FieldReader(parser);
            SubmitJobFields fields = new SubmitJobFields(reader, paramsReader);
            reader.members("", SubmitJobFields.NAMES, fields::read);
            if (parser.nextToken() != null) {
                throw malformed("Expected one JSON object, but more came after it");
            }
            fields.check();
            refuse(reader.errors());
            return oneKey(fields.result(idempotencyKey
                    .map(key -> new Terms.Idempotency(key, CanonicalJson.of(text).sha256()))));
        } catch (StreamConstraintsException beyond) {
            throw malformed("Expected JSON of sensible depth and numbers of sensible length, but got more "
                    + place(beyond));
        } catch (JsonProcessingException broken) {
            // The parser's own words name its classes and options; the place says enough.
            throw malformed("Expected JSON, each field once in its object, but cannot read the body "
                    + place(broken));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected no input or output while reading a text", e);
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiProblems.invalidRequest(
                    "Expected a job to submit, but " + errors.size() + (errors.size() == 1
                            ? " thing is wrong with the body"
                            : " things are wrong with the body"),
                    errors.stream().limit(MAX_ERRORS).toList());
        }
    }

    /** A job's id is drawn into the partition of its key, and so there can be one key alone. */
    private static SubmitJob oneKey(SubmitJob job) {
        if (job.uniqueKey().isPresent() && job.idempotency().isPresent()) {
            throw ApiProblems.invalidParameter("Idempotency-Key", "Expected either the header Idempotency-Key or the"
                    + " field unique or uniqueKey, as a job can have one key, but got both");
        }
        return job;
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("Expected JSON in UTF-8, but the body is not UTF-8");
        }
    }

    private static String place(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        return place == null ? "" : "at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    private static ProblemException malformed(String detail) {
        return ApiProblems.malformedJson(detail);
    }
}
