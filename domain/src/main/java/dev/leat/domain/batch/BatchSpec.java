package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Submission;

/**
 * What was asked for when a batch was submitted.
 *
 * @param name for people
 * @param total how many operations there are, 1 to {@value #MOST_OPERATIONS}
 * @param types how many of them are of each type
 * @param onCompletion the job that gets the summary when everything has ended
 * @param submittedAt on the submitter's clock
 */
public record BatchSpec(Optional<String> name, int total, Map<JobTypeName, Integer> types, BatchOptions options,
        Optional<SummaryJob> onCompletion, Instant submittedAt) {

    public static final int MOST_OPERATIONS = 100_000;
    /** How long a name may be, in characters. */
    public static final int MAX_NAME = 200;

    public BatchSpec {
        if (total < 1 || total > MOST_OPERATIONS) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + MOST_OPERATIONS + " operations, but got " + total);
        }
        types = Map.copyOf(types);
    }

    /** A job that gets the summary: its params are those of the submission with the summary as the member {@code batch}. */
    public record SummaryJob(JobId id, Submission submission) {}
}
