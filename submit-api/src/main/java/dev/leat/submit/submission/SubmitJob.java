package dev.leat.submit.submission;

import java.util.List;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.domain.Lane;

/**
 * What somebody asks for who submits a job.
 *
 * @param type as it was written; whether there is such a job type is not known yet
 * @param params a JSON object, not yet checked against the job type's schema
 * @param priority empty for the job type's own
 */
public record SubmitJob(String type, Json params, Optional<Lane> priority, List<String> tags) {

    public static final int MAX_TAGS = 20;
    public static final int MAX_TAG_LENGTH = 60;

    public SubmitJob {
        tags = List.copyOf(tags);
    }
}
