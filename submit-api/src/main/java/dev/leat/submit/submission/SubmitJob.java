package dev.leat.submit.submission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Terms;

/**
 * What somebody asks for who submits a job.
 *
 * @param type as it was written; whether there is such a job type is not known yet
 * @param params a JSON object, not yet checked against the job type's schema
 * @param priority empty for the job type's own
 * @param policy what it says in place of the job type's policy
 * @param uniqueKey while a job of this key is open, this one is not wanted
 * @param idempotency the request by which it is submitted, if that can come again; never with a unique key
 */
public record SubmitJob(String type, Json params, Optional<Lane> priority, List<String> tags, PolicyOverrides policy,
        Timing timing, Optional<String> uniqueKey, Optional<Terms.Idempotency> idempotency) {

    public static final int MAX_TAGS = 20;
    public static final int MAX_TAG_LENGTH = 60;

    public SubmitJob {
        tags = List.copyOf(tags);
    }

    /** The same with other params. */
    public SubmitJob withParams(Json others) {
        return new SubmitJob(type, others, priority, tags, policy, timing, uniqueKey, idempotency);
    }

    /** Its conditions when it is submitted at that moment. */
    public Terms terms(Instant now) {
        Terms times = timing.terms(now);
        return new Terms(times.runAt(), times.expiresAt(), times.deadline(), uniqueKey, idempotency);
    }
}
