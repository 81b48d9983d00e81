package dev.leat.submit.status;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobState;
import dev.leat.domain.JobView;

/** Finds the state in a job as a projector shows it, without reading the rest into a tree. */
public final class JobStatus {

    private JobStatus() {}

    /** The member {@code status} of a JSON object; empty where there is none, or one that is no state. */
    public static Optional<JobState> of(byte[] job, ObjectMapper json) {
        try (JsonParser parser = json.createParser(job)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("status");
                parser.nextToken();
                if (found) {
                    return state(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<JobState> state(String status) {
        return status.equals(JobView.CANCELLING) ? Optional.of(JobState.RUNNING) : JobState.ofWireName(status);
    }
}
