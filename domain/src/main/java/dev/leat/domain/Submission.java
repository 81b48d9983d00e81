package dev.leat.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for when a job was submitted.
 *
 * @param submittedAt on the submitter's clock
 * @param origin on whose behalf, if somebody is to be told how it ends
 */
public record Submission(JobTypeName type, Lane lane, Json params, List<String> tags, PolicyOverrides policy,
        Terms terms, Instant submittedAt, Optional<Origin> origin) {

    private static final Comparator<Submission> BY_TOPIC = Comparator.comparing(Submission::lane)
            .thenComparing(submission -> submission.type().plugin());

    public Submission {
        tags = List.copyOf(tags);
    }

    /** A submission on nobody's behalf. */
    public Submission(JobTypeName type, Lane lane, Json params, List<String> tags, PolicyOverrides policy, Terms terms,
            Instant submittedAt) {
        this(type, lane, params, tags, policy, terms, submittedAt, Optional.empty());
    }

    /** The same submission on somebody's behalf. */
    public Submission of(Origin submitter) {
        return new Submission(type, lane, params, tags, policy, terms, submittedAt, Optional.of(submitter));
    }

    /** A submission that leaves everything to its job type and has no conditions. */
    public static Submission plain(JobTypeName type, Lane lane, Json params, List<String> tags, Instant submittedAt) {
        return new Submission(type, lane, params, tags, PolicyOverrides.NONE, Terms.NONE, submittedAt);
    }

    /**
     * Which of two submissions of one job id counts. Topics are read in no fixed order, so the choice must not hang on
     * which came first unless both come from one topic.
     */
    Submission preferredOver(Submission other) {
        return BY_TOPIC.compare(this, other) <= 0 ? this : other;
    }
}
