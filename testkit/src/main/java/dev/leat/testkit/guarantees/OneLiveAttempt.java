package dev.leat.testkit.guarantees;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.testkit.guarantees.Observations.HandlerRun;

/**
 * Two attempts of a job overlap only where the first one's lease was lost, or where it was given up because its handler
 * would not stop. By the facts: of all claims on an attempt only one says how the attempt went. By the handlers: one that
 * begins while another is in its code follows a claim whose lease has expired, or that has timed out.
 */
public final class OneLiveAttempt implements Guarantee {

    @Override
    public List<String> violations(History history) {
        Map<JobId, List<HandlerRun>> runs = history.observed().runsByJob();
        return history.factsByJob()
                .entrySet()
                .stream()
                .flatMap(job -> Stream.concat(judgeFacts(job.getKey(), job.getValue()),
                        judgeRuns(job.getKey(), runs.getOrDefault(job.getKey(), List.of()), job.getValue())))
                .toList();
    }

    private static Stream<String> judgeFacts(JobId id, List<Fact> facts) {
        Map<Integer, Set<ClaimId>> ran = new TreeMap<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.AttemptStarted _,Fact.ClaimAbandoned _,Fact.ClaimDoubted _,Fact.LeaseExpired _ -> {
                    // says that somebody wants to run, or no longer does
                }
                case Fact.FactOfClaim sign -> ran.computeIfAbsent(sign.attempt(), _ -> new HashSet<>())
                        .add(sign.claim());
                default -> {
                    // not about a claim
                }
            }
        }
        return ran.entrySet()
                .stream()
                .filter(attempt -> attempt.getValue().size() > 1)
                .map(attempt -> "Expected one claim of job " + id + " to run attempt " + attempt.getKey()
                        + ", but these did: " + attempt.getValue());
    }

    private static Stream<String> judgeRuns(JobId id, List<HandlerRun> runs, List<Fact> facts) {
        Set<ClaimId> givenUp = new HashSet<>();
        facts.forEach(fact -> {
            if (fact instanceof Fact.LeaseExpired || fact instanceof Fact.AttemptTimedOut) {
                givenUp.add(((Fact.FactOfClaim) fact).claim());
            }
        });
        return runs.stream()
                .flatMap(second -> runs.stream()
                        .filter(first -> !first.claim().equals(second.claim()))
                        .filter(first -> first.wasGoingOnAt(second.startNanos()))
                        .filter(first -> !givenUp.contains(first.claim()))
                        .map(first -> "Expected one handler of job " + id + " at a time, but claim " + second.claim()
                                + " began attempt " + second.attempt() + " at " + second.startNanos()
                                + " while claim " + first.claim() + " was in attempt " + first.attempt() + " until "
                                + first.stopNanos().orElse(0)));
    }
}
