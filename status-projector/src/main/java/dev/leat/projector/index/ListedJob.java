package dev.leat.projector.index;

import java.util.List;
import java.util.Optional;

import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;

/**
 * What lists are filtered and counts are made by.
 *
 * @param batch the id of the batch that it is an operation of
 */
public record ListedJob(ListPosition position, JobTypeName type, Lane lane, JobState state, List<String> tags,
        Optional<String> batch) {

    public ListedJob {
        tags = List.copyOf(tags);
    }

    /** The job as lists see it; empty while its command has not been seen. */
    public static Optional<ListedJob> of(Job job) {
        return job.submission()
                .map(submission -> new ListedJob(ListPosition.of(submission.submittedAt(), job.id()),
                        submission.type(), submission.lane(), job.state(), submission.tags(),
                        submission.origin()
                                .filter(origin -> origin.kind() == Origin.Kind.BATCH)
                                .map(Origin::id)));
    }
}
