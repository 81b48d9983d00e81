package dev.leat.submit.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.settings.DataSize;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.JsonBody;
import dev.leat.submit.submission.SubmitJobReader;

/**
 * Reads client messages, and names everything that is wrong with one at once. What is wrong is told under the message's
 * request id wherever that could be read. Thread-safe.
 */
final class ClientMessageReader {

    private final JsonBody body;
    private final SubmitJobReader jobs;
    private final DataSize longest;

    /** What came of reading one message. */
    sealed interface Reading {

        /** It says what is wanted. */
        record Understood(ClientMessage message) implements Reading {}

        /**
         * It does not.
         *
         * @param requestId empty where none could be read
         */
        record Refused(Optional<String> requestId, ProblemException why) implements Reading {}
    }

    /**
     * @param json the JSON of Leat
     * @param longest message that is taken
     */
    ClientMessageReader(ObjectMapper json, SubmitJobReader jobs, DataSize longest) {
        this.body = new JsonBody(json);
        this.jobs = jobs;
        this.longest = longest;
    }

    /** Reads the text of a message. */
    Reading read(byte[] text) {
        AtomicReference<@Nullable MessageFields> begun = new AtomicReference<>();
        try {
            MessageFields.Message message = body.read(text, "a message", reader -> {
                MessageFields fields = new MessageFields(reader);
                begun.set(fields);
                return fields;
            });
            if (text.length > longest.bytes()) {
                throw ApiProblems.bodyTooLarge("Expected a message of at most " + longest + ".");
            }
            return new Reading.Understood(wanted(message));
        } catch (ProblemException refused) {
            return new Reading.Refused(Optional.ofNullable(begun.get()).flatMap(MessageFields::requestId), refused);
        }
    }

    private ClientMessage wanted(MessageFields.Message message) {
        String id = message.requestId();
        return switch (message.type()) {
            case CREATE_JOB -> new ClientMessage.CreateJob(id,
                    jobs.read(message.job().orElseThrow().getBytes(UTF_8), message.idempotencyKey()));
            case CANCEL_JOB -> new ClientMessage.CancelJob(id, message.jobId().orElseThrow());
            case CLEAR_COMPLETED -> new ClientMessage.ClearCompleted(id);
            case GET_STATE -> new ClientMessage.GetState(id);
            case PING -> new ClientMessage.Ping(id);
        };
    }
}
