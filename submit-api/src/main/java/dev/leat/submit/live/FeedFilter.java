package dev.leat.submit.live;

import java.util.Optional;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.live.Happening;

/**
 * Which happenings a watcher is told of: those that match all that is given.
 *
 * @param status {@link JobHappening#status()}
 * @param batch only operations of this batch
 * @param logs whether to tell of lines of logs as well
 */
public record FeedFilter(Optional<String> plugin, Optional<JobTypeName> type, Optional<String> tag,
        Optional<String> status, Optional<BatchId> batch, boolean logs) {

    /** Everything but the lines of logs. */
    public static final FeedFilter ALL = new FeedFilter(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), false);

    /** Everything about the operations of one batch but the lines of their logs. */
    public static FeedFilter of(BatchId batch) {
        return new FeedFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(batch), false);
    }

    /** Whether it is to be told. */
    public boolean matches(JobHappening happening) {
        return (logs || happening.kind() != Happening.Kind.LOG)
                && status.map(happening.status()::equals).orElse(true)
                && matches(happening.submission());
    }

    private boolean matches(Submission submission) {
        return plugin.map(submission.type().plugin()::equals).orElse(true)
                && type.map(submission.type()::equals).orElse(true)
                && tag.map(submission.tags()::contains).orElse(true)
                && batch.map(wanted -> isOf(wanted, submission)).orElse(true);
    }

    private static boolean isOf(BatchId batch, Submission submission) {
        return submission.origin()
                .filter(origin -> origin.kind() == Origin.Kind.BATCH)
                .filter(origin -> origin.id().equals(batch.toString()))
                .isPresent();
    }
}
