package dev.leat.submit.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.submission.JsonBody;

/** Reads the body of a request for a schedule, and names everything that is wrong with it at once. Thread-safe. */
public final class ScheduleBodyReader {

    private final JsonBody body;

    /** @param json the JSON of Leat */
    public ScheduleBodyReader(ObjectMapper json) {
        this.body = new JsonBody(json);
    }

    /**
     * Reads a body.
     *
     * @throws ProblemException where the body is not JSON in UTF-8, or JSON of another form
     */
    public WantedSchedule read(byte[] text) {
        return body.read(text, "a schedule", reader -> new ScheduleFields(reader, body.embedded()));
    }
}
