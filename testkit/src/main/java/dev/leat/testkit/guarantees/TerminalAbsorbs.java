package dev.leat.testkit.guarantees;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.testkit.guarantees.Observations.Sighting;

/** Nothing changes a terminal job: neither a fact that stands later on the topics, nor anything that anybody is shown. */
public final class TerminalAbsorbs implements Guarantee {

    @Override
    public List<String> violations(History history) {
        List<String> violations = new ArrayList<>(changesInTheLog(history));
        Map<JobId, JobState> ends = new HashMap<>();
        for (Sighting sighting : history.observed().sightings()) {
            @Nullable
            JobState end = ends.get(sighting.job());
            if (end != null && end != sighting.state()) {
                violations.add("Expected job " + sighting.job() + " to stay " + end.wireName() + ", but at "
                        + sighting.nanos() + " it was shown as " + sighting.state().wireName());
            } else if (sighting.state().isTerminal()) {
                ends.put(sighting.job(), sighting.state());
            }
        }
        return violations;
    }

    private static List<String> changesInTheLog(History history) {
        List<String> violations = new ArrayList<>();
        history.factsByJob().forEach((id, facts) -> {
            Job job = Job.unknown(id);
            for (var fact : facts) {
                Job next = JobFold.apply(job, fact);
                if (job.state().isTerminal()
                        && (next.state() != job.state() || !Objects.equals(next.outcome(), job.outcome()))) {
                    violations.add("Expected job " + id + " to stay " + job.state().wireName() + ", but " + fact
                            + " made it " + next.state().wireName());
                }
                job = next;
            }
        });
        return violations;
    }
}
