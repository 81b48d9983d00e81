package dev.leat.submit.submission;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobId;
import dev.leat.domain.Terms;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;

/**
 * Reads submissions, as bodies and within larger ones, and names everything that is wrong with one at once. Of the params
 * it only sees to it that they are a JSON object; they keep their digits and the order of their names. Thread-safe.
 */
public final class SubmitJobReader {

    private static final byte[] NOTHING = {'{', '}'};

    private final JsonBody body;

    /** @param json the JSON of Leat */
    public SubmitJobReader(ObjectMapper json) {
        this.body = new JsonBody(json);
    }

    /**
     * Reads a body.
     *
     * @param idempotencyKey what the client calls the request, so that it can send it again
     * @throws ProblemException where the body is not JSON in UTF-8, or JSON of another form; or where the job would have
     *         two keys
     */
    public SubmitJob read(byte[] text, Optional<String> idempotencyKey) {
        return oneKey(body.read(text, "a job to submit",
                reader -> new Members(new SubmitJobFields(reader, body.embedded(), ""), SubmitJobFields.NAMES,
                        whole -> idempotencyKey
                                .map(key -> new Terms.Idempotency(key, CanonicalJson.of(whole).sha256())))));
    }

    /** @param request what the client calls its request, from the body's text */
    private record Members(SubmitJobFields fields, List<String> names,
            Function<String, Optional<Terms.Idempotency>> request)
            implements
                JsonBody.Members<SubmitJob> {

        @Override
        public void read(String name) throws IOException {
            fields.read(name);
        }

        @Override
        public void check() {
            fields.check();
        }

        @Override
        public SubmitJob result(String text) {
            return fields.result(request.apply(text));
        }
    }

    /**
     * What was read where a job stands within a larger body.
     *
     * @param job empty where something is wrong with it
     * @param errors with pointers that begin at the job
     */
    public record Form(Optional<SubmitJob> job, List<FieldError> errors) {}

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
        SubmitJobFields fields = new SubmitJobFields(reader, body.embedded(), "");
        reader.members("", SubmitJobFields.NAMES, fields::read);
        fields.check();
        return reader.errors().isEmpty()
                ? new Form(Optional.of(fields.result(Optional.empty())), List.of())
                : new Form(Optional.empty(), reader.errors());
    }

    /**
     * Reads the body of a request to submit again what has ended.
     *
     * @param text may be empty: then nothing is to be other than it was
     * @param like what has ended, without times
     * @throws ProblemException as {@link #read} does
     */
    SubmitJob readRetry(JobId ended, SubmitJob like, byte[] text, Optional<String> idempotencyKey) {
        byte[] overrides = text.length == 0 ? NOTHING : text;
        return oneKey(body.read(overrides, "what is to be other than in the job that has ended",
                reader -> new Members(SubmitJobFields.like(like, reader, body.embedded()), SubmitJobFields.OF_RETRY,
                        // The same overrides of another job are another request.
                        whole -> idempotencyKey.map(key -> new Terms.Idempotency(key,
                                CanonicalJson.of(whole).sha256Under("retry of " + ended))))));
    }

    /** A job's id is drawn into the partition of its key, and so there can be one key alone. */
    private static SubmitJob oneKey(SubmitJob job) {
        if (job.uniqueKey().isPresent() && job.idempotency().isPresent()) {
            throw ApiProblems.invalidParameter("Idempotency-Key", "Expected either the header Idempotency-Key or the"
                    + " field unique or uniqueKey, as a job can have one key, but got both");
        }
        return job;
    }
}
