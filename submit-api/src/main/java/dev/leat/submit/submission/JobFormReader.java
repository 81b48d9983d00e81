package dev.leat.submit.submission;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Json;
import dev.leat.runtime.json.FieldError;

/** Reads a job to submit where it stands within a larger body. Thread-safe. */
public final class JobFormReader {

    private final ObjectReader paramsReader;

    /**
     * What was read.
     *
     * @param job empty where something is wrong with it
     * @param errors with pointers that begin at the job
     */
    public record Form(Optional<SubmitJob> job, List<FieldError> errors) {}

    /** @param json the JSON of Leat */
    public JobFormReader(ObjectMapper json) {
        // More comes after the params.
        this.paramsReader = json.readerFor(Json.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Reads the value that the parser stands on, up to its end.
     *
     * @throws IOException where it is not even JSON
     */
    public Form read(JsonParser parser) throws IOException {
        FieldReader reader = new FieldReader(parser);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            reader.wrong("", "an object");
            return new Form(Optional.empty(), reader.errors());
        }
        SubmitJobFields fields = new SubmitJobFields(reader, paramsReader, "");
        reader.members("", SubmitJobFields.NAMES, fields::read);
        fields.check();
        return reader.errors().isEmpty()
                ? new Form(Optional.of(fields.result(Optional.empty())), List.of())
                : new Form(Optional.empty(), reader.errors());
    }
}
