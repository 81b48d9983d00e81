package dev.leat.testkit.guarantees;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;

/**
 * Two attempts of a job overlap only where the first one's lease was lost: of all claims on an attempt only one is not
 * abandoned, and only that one says how the attempt went.
 */
public final class OneLiveAttempt implements Guarantee {

    @Override
    public List<String> violations(History history) {
        return history.factsByJob()
                .entrySet()
                .stream()
                .flatMap(job -> judge(job.getKey(), job.getValue()))
                .toList();
    }

    private static Stream<String> judge(JobId id, List<Fact> facts) {
        Set<ClaimId> started = new HashSet<>();
        Set<ClaimId> abandoned = new HashSet<>();
        Set<ClaimId> ran = new HashSet<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.AttemptStarted start -> started.add(start.claim());
                case Fact.ClaimAbandoned abandonment -> abandoned.add(abandonment.claim());
                case Fact.FactOfClaim sign -> ran.add(sign.claim());
                default -> {
                    // not about a claim
                }
            }
        }
        Set<ClaimId> live = new HashSet<>(started);
        live.removeAll(abandoned);
        live.addAll(ran);
        return live.size() > 1
                ? Stream.of("Expected one claim of job " + id + " to run, but these did: " + live)
                : Stream.empty();
    }
}
