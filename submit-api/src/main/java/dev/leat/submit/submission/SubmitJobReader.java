package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;

/**
 * Reads the body of a submission, and names everything that is wrong with it at once. Of the params it only sees to it
 * that they are a JSON object; they keep their digits and the order of their names. Thread-safe.
 */
public final class SubmitJobReader {

    private static final List<String> FIELDS = List.of("type", "params", "priority", "tags");
    private static final int EXCERPT = 60;
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
     * @throws ProblemException where it is not JSON in UTF-8, or JSON of another form
     */
    public SubmitJob read(byte[] body) {
        String text = utf8(body);
        try (JsonParser parser = json.createParser(text)) {
            Reading reading = new Reading(parser, paramsReader);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("Expected a JSON object, but got " + Reading.name(parser.currentToken()));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                reading.field(parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw malformed("Expected one JSON object, but more came after it");
            }
            return reading.result();
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

    /** What has been read of one body. For one thread. */
    private static final class Reading {
        private final JsonParser parser;
        private final ObjectReader paramsReader;
        private final List<FieldError> errors = new ArrayList<>();
        private Optional<String> type = Optional.empty();
        private Json params = new Json("{}");
        private Optional<Lane> priority = Optional.empty();
        private final Set<String> tags = new LinkedHashSet<>();

        Reading(JsonParser parser, ObjectReader paramsReader) {
            this.parser = parser;
            this.paramsReader = paramsReader;
        }

        void field(String name) throws IOException {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "type" -> type = text("/type", "a text such as \"demo:prime\"");
                case "params" -> params(value);
                case "priority" -> priority();
                case "tags" -> tags(value);
                default -> {
                    error("/" + name.replace("~", "~0").replace("/", "~1"),
                            "Expected no field but " + String.join(", ", FIELDS) + ", but got '" + excerpt(name) + "'");
                    parser.skipChildren();
                }
            }
        }

        SubmitJob result() {
            if (type.isEmpty() && errors.stream().noneMatch(error -> error.pointer().equals("/type"))) {
                error("/type", "Expected the job type, but the field is missing");
            }
            if (!errors.isEmpty()) {
                throw ApiProblems.invalidRequest(
                        "Expected a job to submit, but " + errors.size() + (errors.size() == 1
                                ? " thing is wrong with the body"
                                : " things are wrong with the body"),
                        errors.stream().limit(MAX_ERRORS).toList());
            }
            return new SubmitJob(type.orElseThrow(), params, priority, List.copyOf(tags));
        }

        private void params(JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                wrong("/params", "an object");
                return;
            }
            params = paramsReader.readValue(parser);
            if (hasLoneSurrogate(params.value())) {
                error("/params", "Expected text in Unicode, but got half of a surrogate pair");
            }
        }

        private void priority() throws IOException {
            String lanes = Arrays.stream(Lane.values()).map(Lane::wireName).collect(Collectors.joining(", "));
            text("/priority", "one of " + lanes).ifPresent(name -> {
                priority = Arrays.stream(Lane.values()).filter(lane -> lane.wireName().equals(name)).findFirst();
                if (priority.isEmpty()) {
                    error("/priority", "Expected one of " + lanes + ", but got '" + excerpt(name) + "'");
                }
            });
        }

        private void tags(JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY) {
                wrong("/tags", "a list of texts");
                return;
            }
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                tag("/tags/" + count);
                count++;
            }
            if (count > SubmitJob.MAX_TAGS) {
                error("/tags", "Expected at most " + SubmitJob.MAX_TAGS + " tags, but got " + count);
            }
        }

        private void tag(String pointer) throws IOException {
            text(pointer, "a text").ifPresent(tag -> {
                if (tag.isEmpty() || tag.length() > SubmitJob.MAX_TAG_LENGTH) {
                    error(pointer, "Expected 1 to " + SubmitJob.MAX_TAG_LENGTH + " characters, but got "
                            + tag.length());
                } else if (tag.chars().anyMatch(Character::isISOControl) || hasLoneSurrogate(tag)) {
                    error(pointer, "Expected characters that can be shown, but got others");
                } else {
                    tags.add(tag);
                }
            });
        }

        private Optional<String> text(String pointer, String expected) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                wrong(pointer, expected);
                return Optional.empty();
            }
            return Optional.of(parser.getText());
        }

        private void wrong(String pointer, String expected) throws IOException {
            error(pointer, "Expected " + expected + ", but got " + name(parser.currentToken()));
            parser.skipChildren();
        }

        private void error(String pointer, String message) {
            errors.add(new FieldError(excerpt(pointer), message));
        }

        private static String excerpt(String text) {
            return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
        }

        /** Avro would write a question mark in its place, and the job would run with other params than were sent. */
        private static boolean hasLoneSurrogate(String text) {
            return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
        }

        static String name(@Nullable JsonToken token) {
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
}
