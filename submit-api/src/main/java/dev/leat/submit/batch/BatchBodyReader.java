package dev.leat.submit.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.schemas.RecordSizes;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.FieldReader;
import dev.leat.submit.submission.JsonBody;
import dev.leat.submit.submission.SubmitJobReader;

/**
 * Reads the body of a batch as it comes, and hands on one operation after the other: as one JSON object, or as lines of
 * which each is an operation, and the first may say what holds for all. Thread-safe.
 */
final class BatchBodyReader {

    private static final List<String> BODY = List.of("name", "options", "onCompletion", "operations");
    /** The first line of a body of lines is no operation if it has one of these. */
    private static final List<String> OPERATION_ONLY = List.of("type", "params");
    private static final int LONGEST_LINE = RecordSizes.MAX_COMMAND + 64_000;

    private final ObjectMapper json;
    private final SubmitJobReader jobs;

    /** @param json the JSON of Leat */
    BatchBodyReader(ObjectMapper json) {
        this.json = json;
        this.jobs = new SubmitJobReader(json);
    }

    /**
     * Reads one JSON object.
     *
     * @throws ProblemException where it is not JSON
     */
    void readObject(InputStream body, OperationSink sink) {
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("Expected a JSON object, but got " + FieldReader.name(parser.currentToken()));
            }
            HeaderFields header = new HeaderFields(jobs, sink);
            FieldReader reader = new FieldReader(parser);
            reader.members("", BODY, name -> {
                if (name.equals("operations")) {
                    operations(parser, reader, sink);
                } else {
                    header.read(parser, name);
                }
            });
            sink.wrong("", reader.errors());
            if (parser.nextToken() != null) {
                throw malformed("Expected one JSON object, but more came after it");
            }
            sink.header(header.result());
        } catch (JsonProcessingException broken) {
            throw JsonBody.unreadable(broken);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected the rest of the body, but it does not come", e);
        }
    }

    private void operations(JsonParser parser, FieldReader reader, OperationSink sink) throws IOException {
        if (!reader.isAt(JsonToken.START_ARRAY)) {
            reader.wrong("/operations", "a list of operations");
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            hand(jobs.read(parser), Optional.empty(), sink);
        }
    }

    private static void hand(SubmitJobReader.Form form, Optional<Integer> line, OperationSink sink) {
        form.job().ifPresentOrElse(job -> sink.operation(job, line), () -> sink.malformed(line, form.errors()));
    }

    /** Reads lines; empty ones are passed over. One that is not JSON is wrong by itself, and the others are read. */
    void readLines(InputStream body, OperationSink sink) {
        try (InputStream input = new BufferedInputStream(body, 1 << 16)) {
            int number = 0;
            boolean first = true;
            for (Optional<byte[]> line = line(input); line.isPresent(); line = line(input)) {
                number++;
                if (new String(line.get(), StandardCharsets.UTF_8).isBlank()) {
                    continue;
                }
                line(line.get(), number, first, sink);
                first = false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Expected the rest of the body, but it does not come", e);
        }
    }

    private void line(byte[] text, int number, boolean first, OperationSink sink) {
        try {
            if (first && isHeader(text)) {
                header(text, sink);
                return;
            }
            try (JsonParser parser = json.createParser(text)) {
                parser.nextToken();
                SubmitJobReader.Form form = jobs.read(parser);
                hand(parser.nextToken() == null ? form : trailing(), Optional.of(number), sink);
            }
        } catch (IOException broken) {
            sink.malformed(Optional.of(number), List.of(new FieldError("",
                    "Expected JSON, each field once in its object, but cannot read the line")));
        }
    }

    private static SubmitJobReader.Form trailing() {
        return new SubmitJobReader.Form(Optional.empty(),
                List.of(new FieldError("", "Expected one JSON object, but more came after it")));
    }

    private boolean isHeader(byte[] text) throws IOException {
        boolean named = false;
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (OPERATION_ONLY.contains(parser.currentName())) {
                    return false;
                }
                named |= HeaderFields.NAMES.contains(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return named;
    }

    private void header(byte[] text, OperationSink sink) throws IOException {
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            HeaderFields header = new HeaderFields(jobs, sink);
            FieldReader reader = new FieldReader(parser);
            reader.members("", HeaderFields.NAMES, name -> header.read(parser, name));
            sink.wrong("", reader.errors());
            sink.header(header.result());
        }
    }

    private static Optional<byte[]> line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int next = input.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (line.size() >= LONGEST_LINE) {
                throw ApiProblems
                        .bodyTooLarge("Expected lines of at most " + LONGEST_LINE + " bytes, but one is longer");
            }
            line.write(next);
            next = input.read();
        }
        return Optional.of(line.toByteArray());
    }

    private static ProblemException malformed(String detail) {
        return ApiProblems.malformedJson(detail);
    }
}
