package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;

/**
 * What was asked for when a batch was submitted.
 *
 * @param name for people
 * @param total how many operations there are, 1 to {@value #MOST_OPERATIONS}
 * @param types how many of them are of each type
 * @param onCompletion the job that gets the summary when everything has ended
 * @param submittedAt on the submitter's clock
 * @param origin who is told how it ends
 * @param refusal why there are no operations, where an order could not be carried out
 */
public record BatchSpec(Optional<String> name, int total, Map<JobTypeName, Integer> types, BatchOptions options,
        Optional<SummaryJob> onCompletion, Instant submittedAt, Optional<Origin> origin, Optional<JobError> refusal) {

    public static final int MOST_OPERATIONS = 100_000;
    /** How long a name may be, in characters. */
    public static final int MAX_NAME = 200;

    public BatchSpec {
        int least = refusal.isPresent() ? 0 : 1;
        if (total < least || total > MOST_OPERATIONS) {
            throw new IllegalArgumentException(
                    "Expected " + least + " to " + MOST_OPERATIONS + " operations, but got " + total);
        }
        types = Map.copyOf(types);
    }

    /** A batch that a client has submitted. */
    public BatchSpec(Optional<String> name, int total, Map<JobTypeName, Integer> types, BatchOptions options,
            Optional<SummaryJob> onCompletion, Instant submittedAt) {
        this(name, total, types, options, onCompletion, submittedAt, Optional.empty(), Optional.empty());
    }

    /** An order that cannot be carried out: a batch without operations, which says why. */
    public static BatchSpec refused(BatchOrder.Place order, JobError why) {
        return new BatchSpec(Optional.empty(), 0, Map.of(), BatchOptions.DEFAULT, Optional.empty(), order.at(),
                order.origin(), Optional.of(why));
    }

    /** The same on somebody's behalf. */
    public BatchSpec of(Optional<Origin> whose) {
        return new BatchSpec(name, total, types, options, onCompletion, submittedAt, whose, refusal);
    }

    /** A job that gets the summary: its params are those of the submission with the summary as the member {@code batch}. */
    public record SummaryJob(JobId id, Submission submission) {}
}
