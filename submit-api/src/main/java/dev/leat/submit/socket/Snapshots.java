package dev.leat.submit.socket;

import java.util.Map;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobStats;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorJson;

/** Asks for the queue as it is. Thread-safe; callers block. */
final class Snapshots {

    /** How many jobs a client is shown at the beginning; there are lists for others. */
    static final int MAX_JOBS = 200;

    private final JobReads jobs;
    private final JobStats stats;
    private final ProjectorJson answers;

    Snapshots(JobReads jobs, JobStats stats, ProjectorJson answers) {
        this.jobs = jobs;
        this.stats = stats;
        this.answers = answers;
    }

    /** @throws ProblemException 503 where no projector answers */
    Snapshot now() {
        ProjectorAnswer page = jobs.page("?limit=" + MAX_JOBS);
        if (!page.isFound()) {
            throw new IllegalStateException("Expected a list of jobs, but got " + page.status());
        }
        Json newest = Optional.ofNullable(answers.members(page).get("jobs"))
                .orElseThrow(() -> new IllegalStateException("Expected a projector to list jobs, but it did not"));
        return new Snapshot(newest, stats());
    }

    /** @throws ProblemException 503 where no projector answers */
    Map<String, Object> stats() {
        return stats.now();
    }
}
