package dev.leat.testkit.guarantees;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.testkit.guarantees.Observations.HandlerRun;

/**
 * Never more than {@code maxAttempts} attempts start. An attempt that was released or snoozed does not count, nor one of
 * which every claim was abandoned or doubted: no handler ran it.
 */
public final class AttemptsBounded implements Guarantee {

    @Override
    public List<String> violations(History history) {
        Map<JobId, List<Fact>> facts = history.factsByJob();
        Map<JobId, List<HandlerRun>> runs = history.observed().runsByJob();
        return history.jobs().values().stream().flatMap(job -> {
            int bound = history.observed().policyOf(job).maxAttempts();
            return judge(job, bound, tries(facts.getOrDefault(job.id(), List.of()),
                    runs.getOrDefault(job.id(), List.of())));
        }).toList();
    }

    private static Stream<String> judge(Job job, int bound, Set<Integer> tries) {
        return tries.size() > bound
                ? Stream.of("Expected at most " + bound + " tries of job " + job.id() + ", but the attempts "
                        + tries.stream().sorted().toList() + " were")
                : Stream.empty();
    }

    /** The numbers of the attempts that were tries. */
    private static Set<Integer> tries(List<Fact> facts, List<HandlerRun> runs) {
        Map<Integer, Set<ClaimId>> claims = new HashMap<>();
        Set<Integer> free = new HashSet<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.AttemptStarted start -> claims.computeIfAbsent(start.attempt(), _ -> new HashSet<>())
                        .add(start.claim());
                case Fact.AttemptReleased released -> free.add(released.attempt());
                case Fact.AttemptSnoozed snoozed -> free.add(snoozed.attempt());
                case Fact.AttemptWaiting waiting -> free.add(waiting.attempt());
                default -> {
                    // looked at below, or not about this
                }
            }
        }
        for (Fact fact : facts) {
            if (fact instanceof Fact.ClaimAbandoned || fact instanceof Fact.ClaimDoubted) {
                Fact.FactOfClaim over = (Fact.FactOfClaim) fact;
                claims.getOrDefault(over.attempt(), new HashSet<>()).remove(over.claim());
            }
        }
        Set<Integer> tries = new HashSet<>();
        claims.forEach((attempt, open) -> {
            if (!open.isEmpty()) {
                tries.add(attempt);
            }
        });
        runs.forEach(run -> tries.add(run.attempt()));
        tries.removeAll(free);
        return tries;
    }
}
