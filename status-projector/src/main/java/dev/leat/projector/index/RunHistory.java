package dev.leat.projector.index;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.leat.domain.Claim;
import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Submission;
import dev.leat.domain.estimate.RunTimes;

/**
 * How long the completed jobs of one partition ran, by their types. The stream thread of the partition's task is the only
 * writer; any thread may read.
 */
public final class RunHistory {

    private final ConcurrentMap<JobTypeName, RunTimes> byType = new ConcurrentHashMap<>();

    /** Takes in a job that has become another. Only for the writer. */
    public void update(Job before, Job after) {
        if (after.state() == JobState.COMPLETED && before.state() != JobState.COMPLETED) {
            after.submission().map(Submission::type).ifPresent(type -> ranFor(after).ifPresent(ran -> byType
                    .merge(type, RunTimes.NONE.and(ran), RunTimes::and)));
        }
    }

    private static Optional<Duration> ranFor(Job job) {
        return job.currentClaim()
                .map(Claim::startedAt)
                .flatMap(start -> job.outcome().map(end -> Duration.between(start, end.finishedAt())))
                .filter(ran -> !ran.isNegative());
    }

    /** Those of one type. */
    public RunTimes of(JobTypeName type) {
        return byType.getOrDefault(type, RunTimes.NONE);
    }
}
