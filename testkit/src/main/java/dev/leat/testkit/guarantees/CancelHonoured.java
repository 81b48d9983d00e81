package dev.leat.testkit.guarantees;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;

/** No attempt starts after a cancelled job is visible as cancelled. */
public final class CancelHonoured implements Guarantee {

    @Override
    public List<String> violations(History history) {
        Map<JobId, Long> visible = new HashMap<>();
        history.observed()
                .sightings()
                .stream()
                .filter(sighting -> sighting.state() == JobState.CANCELLED)
                .forEach(sighting -> visible.merge(sighting.job(), sighting.nanos(), Math::min));
        return history.observed()
                .runs()
                .stream()
                .filter(run -> run.startNanos() > visible.getOrDefault(run.job(), Long.MAX_VALUE))
                .map(run -> "Expected no attempt of job " + run.job() + " after it was visible as cancelled at "
                        + visible.get(run.job()) + ", but claim " + run.claim() + " began attempt " + run.attempt()
                        + " at " + run.startNanos())
                .toList();
    }
}
