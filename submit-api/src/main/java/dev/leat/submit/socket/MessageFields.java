package dev.leat.submit.socket;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.JobId;
import dev.leat.domain.Terms;
import dev.leat.runtime.text.NearestNames;
import dev.leat.submit.submission.FieldReader;
import dev.leat.submit.submission.JsonBody;

/** The fields of one client message, as far as they have been read. For one thread. */
final class MessageFields implements JsonBody.Members<MessageFields.Message> {

    static final String TYPE = "type";
    static final String REQUEST_ID = "requestId";
    static final String JOB = "job";
    static final String JOB_ID = "jobId";
    static final String IDEMPOTENCY_KEY = "idempotencyKey";
    static final int MAX_REQUEST_ID = 100;

    private static final List<String> NAMES = List.of(TYPE, REQUEST_ID, JOB, JOB_ID, IDEMPOTENCY_KEY);

    private final FieldReader reader;
    private final Set<String> present = new LinkedHashSet<>();
    private Optional<ClientMessageType> type = Optional.empty();
    private Optional<String> requestId = Optional.empty();
    private Optional<FieldReader.Span> job = Optional.empty();
    private Optional<JobId> jobId = Optional.empty();
    private Optional<String> idempotencyKey = Optional.empty();

    /**
     * A message whose own fields are right.
     *
     * @param job the JSON of the job to submit, not looked at yet
     */
    record Message(ClientMessageType type, String requestId, Optional<String> job, Optional<JobId> jobId,
            Optional<String> idempotencyKey) {}

    MessageFields(FieldReader reader) {
        this.reader = reader;
    }

    /** By which the answer names the message, if it has come already. */
    Optional<String> requestId() {
        return requestId;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public void read(String name) throws IOException {
        String pointer = "/" + name;
        present.add(name);
        switch (name) {
            case TYPE -> type = reader.text(pointer, "one of " + String.join(", ", ClientMessageType.wireNames()))
                    .flatMap(this::known);
            case REQUEST_ID -> requestId = reader.label(pointer, MAX_REQUEST_ID);
            case JOB -> job = reader.object(pointer);
            case JOB_ID -> jobId = reader.text(pointer, "a job id").flatMap(this::parsed);
            default -> idempotencyKey = reader.label(pointer, Terms.MAX_KEY).filter(this::isPrintable);
        }
    }

    private Optional<ClientMessageType> known(String name) {
        Optional<ClientMessageType> found = ClientMessageType.of(name);
        if (found.isEmpty()) {
            reader.error("/" + TYPE, "Expected one of " + String.join(", ", ClientMessageType.wireNames())
                    + ", but got '" + FieldReader.excerpt(name) + "'"
                    + NearestNames.suggestion(FieldReader.excerpt(name), ClientMessageType.wireNames()));
        }
        return found;
    }

    private Optional<JobId> parsed(String text) {
        try {
            return Optional.of(JobId.parse(text));
        } catch (IllegalArgumentException e) {
            reader.error("/" + JOB_ID, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** As the header of that name has it. */
    private boolean isPrintable(String key) {
        boolean printable = key.chars().allMatch(character -> character >= ' ' && character <= '~');
        if (!printable) {
            reader.error("/" + IDEMPOTENCY_KEY, "Expected printable ASCII characters, but got others");
        }
        return printable;
    }

    @Override
    public void check() {
        requirePresent(TYPE, "one of " + String.join(", ", ClientMessageType.wireNames()));
        requirePresent(REQUEST_ID, "a text that the answer will carry");
        type.ifPresent(known -> {
            known.required().forEach(field -> requirePresent(field, "what " + known.wireName() + " is about"));
            present.stream()
                    .filter(field -> !field.equals(TYPE) && !field.equals(REQUEST_ID) && !known.has(field))
                    .forEach(field -> reader.error("/" + field,
                            "Expected no such field in " + known.wireName() + ", but got one"));
        });
    }

    private void requirePresent(String field, String what) {
        if (!present.contains(field)) {
            reader.error("/" + field, "Expected " + what + ", but the field is missing");
        }
    }

    @Override
    public Message result(String text) {
        return new Message(type.orElseThrow(), requestId.orElseThrow(), job.map(span -> span.of(text)), jobId,
                idempotencyKey);
    }
}
