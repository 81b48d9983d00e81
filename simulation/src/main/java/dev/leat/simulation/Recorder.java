package dev.leat.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobView;
import dev.leat.domain.Request;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.LogRecord;
import dev.leat.testkit.guarantees.History;
import dev.leat.testkit.guarantees.History.RecordedFact;
import dev.leat.testkit.guarantees.Observations;
import dev.leat.testkit.guarantees.Observations.HandlerRun;
import dev.leat.testkit.guarantees.Observations.Sighting;

/** Writes down what guarantees judge. */
public final class Recorder {

    private final Set<JobId> acknowledged = new HashSet<>();
    private final Map<ClaimId, HandlerRun> runs = new LinkedHashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final LeaseTruth leases = new LeaseTruth();

    /** A submission was answered as accepted. */
    public void acknowledged(JobId job) {
        acknowledged.add(job);
    }

    /** What both sides of a lease know. */
    public LeaseTruth leases() {
        return leases;
    }

    Set<JobId> acknowledged() {
        return acknowledged;
    }

    /** A handler has begun. */
    public void began(HandlerRun run) {
        runs.put(run.claim(), run);
        leases.begins(run.claim());
    }

    /** A handler has ended, by itself or with its process; once for each that has begun. */
    public void ended(ClaimId claim, long nanos) {
        runs.computeIfPresent(claim, (_, run) -> new HandlerRun(run.job(), run.attempt(), claim, run.worker(),
                run.startNanos(), OptionalLong.of(nanos)));
    }

    /** Somebody who asks now is shown this state. */
    public void seen(JobId job, JobState state, long nanos) {
        sightings.add(new Sighting(job, state, nanos));
    }

    /** @param due those due times of schedules that have to have submitted a job */
    History history(List<Log> logs, Map<JobId, JobView> shown, Map<String, Set<Instant>> due, Instant judgedAt,
            long stillRunningUntil) {
        runs.replaceAll((claim, run) -> run.stopNanos().isPresent()
                ? run
                : new HandlerRun(run.job(), run.attempt(), claim, run.worker(), run.startNanos(),
                        OptionalLong.of(stillRunningUntil)));
        List<RecordedFact> facts = logs.stream()
                .flatMap(log -> log.committed().stream().flatMap(written -> fact(log.name(), written)))
                .toList();
        Set<JobId> forgettable = new HashSet<>();
        logs.forEach(log -> log.committed()
                .stream()
                .filter(written -> written.value() instanceof Request.Forget)
                .forEach(written -> forgettable.add((JobId) written.key())));
        return new History(acknowledged, facts, Map.of("projectors", shown),
                new Observations(List.copyOf(runs.values()), sightings, forgettable, Map.of(), due,
                        judgedAt));
    }

    private static Stream<RecordedFact> fact(TopicPartition log, LogRecord written) {
        return written.value() instanceof Fact fact
                ? Stream.of(new RecordedFact((JobId) written.key(), fact,
                        Optional.of(
                                new CommandPosition(log.topic(), log.partition(), written.offset()))))
                : Stream.empty();
    }
}
