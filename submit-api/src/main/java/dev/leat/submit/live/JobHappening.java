package dev.leat.submit.live;

import java.util.Optional;

import dev.leat.domain.Claim;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobView;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.domain.live.Happening;

/**
 * What happened to one job, and where in the log a watcher stands when it has been told.
 *
 * <p>The submission is without its params, which would be held for every job that is watched.
 *
 * @param position give it back to be told all that comes after this, and nothing else
 */
public record JobHappening(Happening happening, LogPosition position) {

    public JobId id() {
        return happening.job().id();
    }

    public Submission submission() {
        return happening.job().submission().orElseThrow();
    }

    public Happening.Kind kind() {
        return happening.kind();
    }

    /** The same, of one who has been told everything up to there. */
    JobHappening at(LogPosition place) {
        return place.equals(position) ? this : new JobHappening(happening, place);
    }

    /** The state's name for the outside, or {@value JobView#CANCELLING} for a running job that somebody has cancelled. */
    public String status() {
        return happening.job().state() == JobState.RUNNING && happening.job().isCancelRequested()
                ? JobView.CANCELLING
                : happening.job().state().wireName();
    }

    /** The worker that runs the job, or ran it to its end. */
    public Optional<WorkerId> worker() {
        return happening.job().state() == JobState.RUNNING || happening.job().state().isTerminal()
                ? happening.job().currentClaim().map(Claim::worker)
                : Optional.empty();
    }
}
