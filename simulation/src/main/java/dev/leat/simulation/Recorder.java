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

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobView;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerId;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchView;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.LogRecord;
import dev.leat.simulation.world.World;
import dev.leat.testkit.guarantees.BatchRecords;
import dev.leat.testkit.guarantees.BatchRecords.RecordedEvent;
import dev.leat.testkit.guarantees.History;
import dev.leat.testkit.guarantees.History.RecordedFact;
import dev.leat.testkit.guarantees.Observations;
import dev.leat.testkit.guarantees.Observations.HandlerRun;
import dev.leat.testkit.guarantees.Observations.Sighting;
import dev.leat.testkit.guarantees.PluginRecords;
import dev.leat.testkit.guarantees.PluginRecords.Beat;
import dev.leat.testkit.guarantees.PluginRecords.Said;
import dev.leat.testkit.guarantees.PluginRecords.Start;

/** Writes down what guarantees judge. */
public final class Recorder {

    private final World world;
    private final Set<JobId> acknowledged = new HashSet<>();
    private final Map<ClaimId, HandlerRun> runs = new LinkedHashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final Set<BatchId> acceptedBatches = new HashSet<>();
    private final Set<String> refusedBatches = new HashSet<>();
    private final Map<ClaimId, Start> starts = new LinkedHashMap<>();
    private final LeaseTruth leases = new LeaseTruth();

    Recorder(World world) {
        this.world = world;
    }

    /** What everybody would be shown in the end. */
    record Shown(Map<JobId, JobView> jobs, Map<BatchId, BatchView> batches) {}

    /** A submission was answered as accepted. */
    public void acknowledged(JobId job) {
        acknowledged.add(job);
    }

    void acknowledged(PlannedBatch batch) {
        acceptedBatches.add(batch.id());
    }

    /** Whoever submits it has given up, and nothing of it may be seen. */
    void refused(PlannedBatch batch) {
        refusedBatches.add(batch.name());
    }

    /** A worker holds a slot for a claim. */
    public void took(ClaimId claim, WorkerId worker) {
        starts.put(claim, new Start(Cluster.PLUGIN, claim, worker, now(), Optional.empty()));
    }

    /** It holds it no more. */
    public void gaveBack(ClaimId claim) {
        starts.computeIfPresent(claim, (_, start) -> until(start, now()));
    }

    /** The worker's process has ended, and with it whatever it held. */
    public void gone(WorkerId worker) {
        starts.replaceAll((_, start) -> start.worker().equals(worker) ? until(start, now()) : start);
    }

    private static Start until(Start start, Instant time) {
        return start.until().isPresent()
                ? start
                : new Start(start.plugin(), start.claim(), start.worker(), start.from(), Optional.of(time));
    }

    private Instant now() {
        return world.clock(0);
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

    /**
     * @param logs all that is read by projectors, and the settings and heartbeats
     * @param due those due times of schedules that have to have submitted a job
     */
    History history(List<Log> logs, Shown shown, Map<String, Set<Instant>> due, Instant judgedAt) {
        runs.replaceAll((claim, run) -> run.stopNanos().isPresent()
                ? run
                : new HandlerRun(run.job(), run.attempt(), claim, run.worker(), run.startNanos(),
                        OptionalLong.of(world.now())));
        List<RecordedFact> facts = new ArrayList<>();
        Set<JobId> forgettable = new HashSet<>();
        List<RecordedEvent> events = new ArrayList<>();
        List<JobNotice> notices = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        List<Beat> beats = new ArrayList<>();
        logs.forEach(log -> log.committed().forEach(written -> {
            switch (written.value()) {
                case Fact fact -> facts.add(fact(log.name(), written, fact));
                case Request.Forget _ -> forgettable.add((JobId) written.key());
                case BatchEvent event -> events.add(new RecordedEvent((BatchId) written.key(), event));
                case JobNotice notice -> notices.add(notice);
                case PluginSetting setting -> said.add(new Said(setting, time(written)));
                case dev.leat.simulation.kafka.Beat beat ->
                    beats.add(new Beat(beat.worker(), beat.lease(), time(written)));
                default -> {
                    // no guarantee is about it
                }
            }
        }));
        return new History(acknowledged, facts, Map.of("projectors", shown.jobs()),
                new Observations(List.copyOf(runs.values()), sightings, forgettable, Map.of(), due, judgedAt),
                new BatchRecords(acceptedBatches, refusedBatches, events, notices,
                        Map.of("projectors", shown.batches())),
                new PluginRecords(said, beats, said.isEmpty() ? List.of() : List.copyOf(starts.values())));
    }

    private static RecordedFact fact(TopicPartition log, LogRecord written, Fact fact) {
        return new RecordedFact((JobId) written.key(), fact,
                Optional.of(new CommandPosition(log.topic(), log.partition(), written.offset())),
                Optional.of(time(written)));
    }

    private static Instant time(LogRecord written) {
        return World.BEGINNING.plusNanos(written.nanos());
    }
}
