package dev.leat.e2e.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Fact.AttemptStarted;
import dev.leat.domain.JobId;
import dev.leat.domain.WorkerId;
import dev.leat.testkit.guarantees.History.RecordedFact;

/** Tells from the facts how long the jobs of a lost worker waited until they were started again. Pure. */
final class TakeoverTimes {

    private final Map<JobId, List<Fact>> facts;

    /** @param facts those of the events topic, each job's in their order; others are passed over */
    TakeoverTimes(List<RecordedFact> facts) {
        this.facts = facts.stream()
                .collect(Collectors.groupingBy(RecordedFact::job,
                        Collectors.mapping(RecordedFact::fact, Collectors.toList())));
    }

    /**
     * From the loss of a worker to the next start, for each job that it was running then and that was started again.
     */
    List<Duration> after(WorkerId worker, Instant lost) {
        return facts.values()
                .stream()
                .filter(job -> wasRunning(job, worker, lost))
                .flatMap(job -> nextStart(job, lost).stream())
                .map(start -> Duration.between(lost, start))
                .toList();
    }

    private static boolean wasRunning(List<Fact> job, WorkerId worker, Instant lost) {
        Set<ClaimId> ended = job.stream()
                .filter(fact -> !fact.at().isAfter(lost))
                .flatMap(fact -> endOfClaim(fact).stream())
                .collect(Collectors.toSet());
        return starts(job).stream()
                .anyMatch(start -> start.worker().equals(worker) && !start.at().isAfter(lost)
                        && !ended.contains(start.claim()));
    }

    private static Optional<Instant> nextStart(List<Fact> job, Instant lost) {
        return starts(job).stream().map(AttemptStarted::at).filter(at -> at.isAfter(lost)).findFirst();
    }

    private static List<AttemptStarted> starts(List<Fact> job) {
        return job.stream().filter(AttemptStarted.class::isInstance).map(AttemptStarted.class::cast).toList();
    }

    private static Optional<ClaimId> endOfClaim(Fact fact) {
        return switch (fact) {
            case AttemptStarted _,Fact.AttemptProgressed _,Fact.AttemptCheckpointed _,Fact.AttemptLogged _ ->
                Optional.empty();
            case Fact.FactOfClaim end -> Optional.of(end.claim());
            default -> Optional.empty();
        };
    }
}
