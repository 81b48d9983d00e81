package dev.leat.submit.submission;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;

/**
 * Asks for jobs to be cancelled. Whether a job then ends as cancelled is decided later, by the order of the facts in the
 * log: it may complete first. Thread-safe; callers block.
 */
public final class JobCanceller {

    private final JobLog log;
    private final InstantSource clock;

    public JobCanceller(JobLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Writes a request to cancel, where there is any use in one.
     *
     * @param state the last that is known of the job
     * @param requested whether somebody has asked for the same before
     * @return where the request stands; empty where none was written, as there is one
     * @throws ProblemException where the job has ended, or Kafka or the registry is away
     */
    public Optional<CommandPosition> cancel(JobId job, JobState state, boolean requested) {
        if (state.isTerminal()) {
            throw ApiProblems.jobAlreadyFinished(job, state);
        }
        if (requested) {
            return Optional.empty();
        }
        Fact.EndRequested request = new Fact.EndRequested(EndReason.CANCEL,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return Optional.of(log.end(job, request));
    }
}
