package dev.leat.testkit.guarantees;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;

/**
 * Of all jobs with one unique key at most one is open that was admitted. Jobs of one key share a partition, so the order
 * of the events there says who was admitted while which others were open.
 */
public final class OneOpenJobPerKey implements Guarantee {

    @Override
    public List<String> violations(History history) {
        Map<JobId, Job> known = history.jobs();
        Map<JobId, Job> soFar = new HashMap<>();
        Map<String, Set<JobId>> admitted = new HashMap<>();
        List<String> violations = new ArrayList<>();
        for (History.RecordedFact recorded : history.facts()) {
            if (!isEvent(recorded.fact())) {
                continue;
            }
            Job job = JobFold.apply(soFar.getOrDefault(recorded.job(), Job.unknown(recorded.job())), recorded.fact());
            soFar.put(recorded.job(), job);
            if (recorded.fact() instanceof Fact.JobAdmitted && !job.state().isTerminal()) {
                uniqueKey(known.getOrDefault(recorded.job(), job)).ifPresent(key -> {
                    Set<JobId> others = admitted.computeIfAbsent(key, _ -> new HashSet<>());
                    others.removeIf(other -> soFar.getOrDefault(other, Job.unknown(other)).state().isTerminal());
                    others.add(recorded.job());
                    if (others.size() > 1) {
                        violations.add("Expected one open job of key '" + key + "', but these were: " + others);
                    }
                });
            }
        }
        return violations;
    }

    private static boolean isEvent(Fact fact) {
        return !(fact instanceof Fact.JobQueued || fact instanceof Fact.JobScheduled
                || fact instanceof Fact.EndRequested);
    }

    private static Optional<String> uniqueKey(Job job) {
        return job.submission().flatMap(submission -> submission.terms().uniqueKey());
    }
}
