package dev.leat.projector.topology;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.Submission;

/** Decisions that end a job whose command cannot be put into its lane. Pure. */
final class Refusals {

    static final String UNKNOWN_PLUGIN = "unknown-plugin";
    static final String TOO_LARGE = "command-too-large";

    private Refusals() {}

    static Fact.JobRejected unknownPlugin(Submission submission, Instant now) {
        return refusal(UNKNOWN_PLUGIN, "Expected a worker to have made the lanes of plugin '"
                + submission.type().plugin() + "', but there are none", now);
    }

    /** @param largest record that the lane takes, in bytes */
    static Fact.JobRejected tooLarge(String lane, int largest, Instant now) {
        return refusal(TOO_LARGE, "Expected a command of less than " + largest + " bytes, which is what " + lane
                + " takes, but it is larger", now);
    }

    private static Fact.JobRejected refusal(String code, String message, Instant now) {
        return new Fact.JobRejected(JobError.of(code, message), Optional.empty(), now);
    }
}
