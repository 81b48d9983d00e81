package dev.leat.e2e.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobNotice;
import dev.leat.domain.WorkerId;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.e2e.TopicHistory;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.guarantees.BatchRecords.RecordedEvent;
import dev.leat.testkit.guarantees.DueTimes;
import dev.leat.testkit.guarantees.History.RecordedFact;
import dev.leat.testkit.guarantees.PluginRecords;
import dev.leat.testkit.guarantees.PluginRecords.Beat;
import dev.leat.testkit.guarantees.PluginRecords.Said;
import dev.leat.testkit.guarantees.PluginRecords.Start;

/** What stands on the topics of batches, schedules and workers of an installation. */
final class Transcript {

    private final Topics topics;
    private final Codecs codecs;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<JobNotice> notices = new ArrayList<>();
    private final List<Beat> beats = new ArrayList<>();
    private final Map<String, List<ScheduleRevision>> schedules = new HashMap<>();

    private Transcript(Topics topics, Codecs codecs) {
        this.topics = topics;
        this.codecs = codecs;
    }

    /** Reads these topics from their beginning to the last committed record. */
    static Transcript of(TopicHistory history, Topics topics) {
        Transcript transcript = new Transcript(topics, history.codecs());
        Set<String> read = Set.of(topics.batches(), topics.notices(), topics.workers(), topics.schedules());
        history.forEach(read::contains, transcript::take);
        return transcript;
    }

    private void take(ConsumerRecord<byte[], byte[]> source) {
        String key = new String(source.key(), StandardCharsets.UTF_8);
        Instant written = Instant.ofEpochMilli(source.timestamp());
        String topic = source.topic();
        if (source.value() == null) {
            if (topic.equals(topics.workers())) {
                beats.add(new Beat(new WorkerId(key), Duration.ZERO, written));
            }
        } else if (topic.equals(topics.batches())) {
            codecs.batches()
                    .decode(topic, source.value())
                    .ifPresent(event -> events.add(new RecordedEvent(BatchId.parse(key), event)));
        } else if (topic.equals(topics.notices())) {
            codecs.notices().decode(topic, source.value()).ifPresent(notices::add);
        } else if (topic.equals(topics.workers())) {
            codecs.heartbeats()
                    .decode(topic, source.value())
                    .ifPresent(beat -> beats.add(new Beat(new WorkerId(key), beat.lease(), written)));
        } else {
            codecs.schedules()
                    .decode(topic, source.value())
                    .ifPresent(revision -> schedules.computeIfAbsent(key, _ -> new ArrayList<>()).add(revision));
        }
    }

    List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    List<JobNotice> notices() {
        return List.copyOf(notices);
    }

    /** The due times, by schedule, that have to have submitted a job: those from its making to its pause. */
    Map<String, Set<Instant>> due() {
        Map<String, Set<Instant>> due = new HashMap<>();
        schedules.forEach((id, revisions) -> revisions.stream()
                .filter(revision -> revision.spec().paused())
                .findFirst()
                .ifPresent(paused -> due.put(id, DueTimes.of(revisions.getFirst(), paused.changedAt()))));
        return due;
    }

    /** What was said of plugins, who lived, and what was started by these facts. */
    PluginRecords plugins(List<Said> said, List<RecordedFact> facts) {
        Map<ClaimId, Fact.AttemptStarted> started = new HashMap<>();
        Map<ClaimId, Instant> ended = new HashMap<>();
        facts.forEach(recorded -> {
            switch (recorded.fact()) {
                case Fact.AttemptStarted start -> started.putIfAbsent(start.claim(), start);
                case Fact.LeaseExpired _,Fact.ClaimDoubted _,Fact.AttemptProgressed _,Fact.AttemptCheckpointed _,Fact.AttemptLogged _ -> {
                    // says nothing of when the worker gave the slot back
                }
                case Fact.FactOfClaim end -> ended.putIfAbsent(end.claim(), end.at());
                default -> {
                    // not about a claim
                }
            }
        });
        return new PluginRecords(said, beats, started.values()
                .stream()
                .flatMap(start -> topics.parseLane(start.command().topic())
                        .map(lane -> new Start(lane.plugin(), start.claim(), start.worker(), start.at(),
                                Optional.ofNullable(ended.get(start.claim()))))
                        .stream())
                .toList());
    }
}
