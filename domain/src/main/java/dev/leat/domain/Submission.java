package dev.leat.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What was asked for when a job was submitted.
 *
 * @param submittedAt on the submitter's clock
 */
public record Submission(JobTypeName type, Lane lane, Json params, List<String> tags, PolicyOverrides policy,
        Terms terms, Instant submittedAt) {

    private static final Comparator<Submission> BY_TOPIC = Comparator.comparing(Submission::lane)
            .thenComparing(submission -> submission.type().plugin());

    public Submission {
        tags = List.copyOf(tags);
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
