package dev.leat.testkit.guarantees;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Origin;

/**
 * Each due time of a schedule submits one job and no second one, and none is left out of those that have to. A command
 * that stands twice in the log is still one job.
 */
public final class FiredOncePerDueTime implements Guarantee {

    private record DueTime(String schedule, Instant at) {

        @Override
        public String toString() {
            return at + " of schedule " + schedule;
        }
    }

    @Override
    public List<String> violations(History history) {
        Map<DueTime, Set<JobId>> fired = fired(history);
        List<String> violations = new ArrayList<>();
        fired.forEach((due, jobs) -> {
            if (jobs.size() > 1) {
                violations.add("Expected due time " + due + " to submit one job, but it submitted " + jobs);
            }
        });
        history.observed().due().forEach((schedule, times) -> times.forEach(at -> {
            DueTime due = new DueTime(schedule, at);
            if (!fired.containsKey(due)) {
                violations.add("Expected due time " + due + " to submit a job, but it did not");
            }
        }));
        return violations;
    }

    private static Map<DueTime, Set<JobId>> fired(History history) {
        Map<DueTime, Set<JobId>> fired = new LinkedHashMap<>();
        history.facts()
                .forEach(recorded -> origin(recorded.fact()).filter(origin -> origin.kind() == Origin.Kind.SCHEDULE)
                        .ifPresent(origin -> fired
                                .computeIfAbsent(new DueTime(origin.id(), Instant.ofEpochMilli(origin.index())),
                                        _ -> new LinkedHashSet<>())
                                .add(recorded.job())));
        return fired;
    }

    private static Optional<Origin> origin(Fact fact) {
        return fact instanceof Fact.JobScheduled command ? command.submission().origin() : Optional.empty();
    }
}
