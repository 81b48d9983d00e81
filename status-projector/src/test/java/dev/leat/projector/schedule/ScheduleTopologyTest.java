package dev.leat.projector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.WorkerId;
import dev.leat.domain.projection.Projection;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.Firing;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.domain.schedule.ScheduleTarget;
import dev.leat.domain.schedule.Submitted;
import dev.leat.projector.batch.BatchTopology;
import dev.leat.projector.FramedAvro;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.topology.CommitPace;
import dev.leat.projector.topology.JobPartitions;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.ProjectorCounters;
import dev.leat.projector.topology.RegistryPatience;
import dev.leat.projector.topology.SaneTimestamps;
import dev.leat.projector.topology.StopSignal;
import dev.leat.projector.watch.LaneDirectory;
import dev.leat.projector.watch.WorkerLeases;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.ManualClock;

/** Schedules on Kafka's test driver: what the API writes and how jobs ended goes in, commands come out. */
class ScheduleTopologyTest {

    private static final ScheduleId ID = new ScheduleId("tick");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final Topics topics = new Topics("t.");
    private final Codecs codecs = new FramedAvro().codecs(topics);
    private final ManualClock clock = new ManualClock(NOON);
    private final OwnedSchedules owned = new OwnedSchedules();
    private final ProjectorCounters counters = new ProjectorCounters();
    private final TopologyTestDriver driver;

    ScheduleTopologyTest(@TempDir Path folder) {
        JobTopology.Parts shared = new JobTopology.Parts(topics, codecs, new OnePartition(),
                new RegistryPatience(TEN_SECONDS, new StopSignal()), new Projection(Duration.ofHours(24)),
                _ -> new LaneDirectory.Lookup.Present(1_000_000), new NoLeases(),
                _ -> CompletableFuture.completedFuture(Map.of()), new OwnedPartitions(), new FoldSignals<>(), counters,
                new CommitPace(), clock, "projector 127.0.0.1:1");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "t.projector");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, SaneTimestamps.class);
        Topology topology = new Topology();
        BatchTopology.addNotices(topology, topics);
        driver = new TopologyTestDriver(ScheduleTopology.addTo(topology,
                new ScheduleTopology.Parts(shared, owned, new FoldSignals<>())), config, NOON);
    }

    private static final class OnePartition implements JobPartitions {

        @Override
        public int ofJob(JobId id) {
            return 0;
        }

        @Override
        public int ofKey(String key) {
            return key.equals("elsewhere") ? 1 : 0;
        }
    }

    private static final class NoLeases implements WorkerLeases {

        @Override
        public boolean isLost(WorkerId worker) {
            return false;
        }

        @Override
        public void claimed(WorkerId worker) {
            // nobody claims
        }
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static ScheduleRevision everyTenSeconds(Overlap overlap) {
        return ScheduleRevision.first(ID, "made", NOON,
                new ScheduleSpec(new Cadence.Interval(TEN_SECONDS, Duration.ZERO),
                        new JobTemplate(JobTypeName.parse("demo:echo"), Lane.HIGH, new Json("{\"n\":1}"), List.of(),
                                PolicyOverrides.NONE),
                        overlap, CatchUp.DEFAULT, Duration.ZERO, false));
    }

    private void pipe(String topic, String key, byte @Nullable [] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, NOON));
    }

    private void write(ScheduleRevision revision) {
        pipe(topics.schedules(), revision.id().value(), codecs.schedules().encode(topics.schedules(), revision));
    }

    private void ended(JobId job, JobState state) {
        JobNotice notice = new JobNotice(new Origin(Origin.Kind.SCHEDULE, ID.value(), 0), job,
                JobTypeName.parse("demo:echo"), state, Optional.empty(), Optional.empty(), Optional.empty(), NOON);
        pipe(topics.notices(), ID.value(), codecs.notices().encode(topics.notices(), notice));
    }

    private void pass(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofSeconds(1));
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    private List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The ids of the jobs that were submitted since the last call, each with its due time. */
    private List<JobId> submitted() {
        return written(topics.pending()).stream()
                .map(command -> JobId.parse(new String(command.key(), StandardCharsets.UTF_8)))
                .toList();
    }

    private Schedule schedule() {
        return owned.find(0).flatMap(schedules -> schedules.find(ID)).orElseThrow();
    }

    private JobId job(int second) {
        return schedule().jobOf(new Schedule.DueTime(NOON.plusSeconds(second), false));
    }

    @Test
    void shouldSubmitAJobAtEachDueTimeOnce() {
        write(everyTenSeconds(Overlap.ALLOW));
        pass(Duration.ofSeconds(35));

        List<TestRecord<byte[], byte[]>> commands = written(topics.pending());
        assertThat(commands).extracting(command -> new String(command.key(), StandardCharsets.UTF_8))
                .containsExactly(job(10).toString(), job(20).toString(), job(30).toString());
        Fact.JobScheduled first = codecs.pending()
                .decode(topics.pending(), commands.getFirst().value())
                .orElseThrow();
        assertThat(first.submission().origin()).contains(
                new Origin(Origin.Kind.SCHEDULE, "tick", NOON.plusSeconds(10).toEpochMilli()));
        assertThat(first.submission().lane()).isEqualTo(Lane.HIGH);
        assertThat(counters.fired()).isEqualTo(3);
    }

    @Test
    void shouldWaitForTheEndOfTheEarlierJob() {
        write(everyTenSeconds(Overlap.QUEUE));
        pass(Duration.ofSeconds(25));
        assertThat(submitted()).containsExactly(job(10));

        ended(job(10), JobState.FAILED);

        assertThat(submitted()).containsExactly(job(20));
        assertThat(schedule().firings()).hasSize(2);
    }

    @Test
    void shouldAskForTheEndOfTheEarlierJob() {
        write(everyTenSeconds(Overlap.CANCEL_PREVIOUS));
        pass(Duration.ofSeconds(25));

        List<TestRecord<byte[], byte[]>> requests = written(topics.control());
        assertThat(requests).hasSize(1);
        assertThat(new String(requests.getFirst().key(), StandardCharsets.UTF_8)).isEqualTo(job(10).toString());
        assertThat(codecs.control().decode(topics.control(), requests.getFirst().value()).orElseThrow())
                .isInstanceOfSatisfying(Fact.EndRequested.class,
                        request -> assertThat(request.reason()).isEqualTo(EndReason.CANCEL));
    }

    @Test
    void shouldFireNoMoreOnceItIsDeleted() {
        write(everyTenSeconds(Overlap.ALLOW));
        pass(Duration.ofSeconds(15));
        assertThat(submitted()).hasSize(1);

        pipe(topics.schedules(), ID.value(), null);
        pass(Duration.ofSeconds(60));

        assertThat(submitted()).isEmpty();
        assertThat(owned.find(0).orElseThrow().all()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstOfTwoChangesOfOneVersion() {
        ScheduleRevision made = everyTenSeconds(Overlap.ALLOW);
        write(made);
        write(made.changed(made.spec().withPaused(true), "mine", NOON.plusSeconds(1)));
        write(made.changed(made.spec(), "theirs", NOON.plusSeconds(1)));

        assertThat(schedule().revision().change()).isEqualTo("mine");
        pass(Duration.ofSeconds(30));
        assertThat(submitted()).isEmpty();
    }

    @Test
    void shouldPassOverNoticesOfOthersAndBuryWhatNobodyCanRead() {
        write(everyTenSeconds(Overlap.SKIP));
        JobNotice ofBatch = new JobNotice(new Origin(Origin.Kind.BATCH, "b1", 0), new JobId(new UUID(0, 1)),
                JobTypeName.parse("demo:echo"), JobState.COMPLETED, Optional.empty(), Optional.empty(),
                Optional.empty(), NOON);
        pipe(topics.notices(), "b1", codecs.notices().encode(topics.notices(), ofBatch));
        assertThat(written(topics.deadLetter())).isEmpty();

        pipe(topics.schedules(), ID.value(), new byte[]{1, 2, 3});
        pipe(topics.schedules(), "No Id", null);
        pipe(topics.schedules(), "elsewhere", null);

        assertThat(written(topics.deadLetter())).hasSize(3);
        pass(Duration.ofSeconds(10));
        assertThat(submitted()).hasSize(1);
    }

    private static ScheduleRevision ofTemplate(Overlap overlap) {
        return ScheduleRevision.first(ID, "made", NOON,
                new ScheduleSpec(new Cadence.Interval(TEN_SECONDS, Duration.ZERO),
                        new ScheduleTarget.OfBatch(new BatchRun("reports", new Json("{\"day\":1}"))), overlap,
                        CatchUp.DEFAULT, Duration.ZERO, false));
    }

    private BatchId batch(int second) {
        return new BatchId(
                schedule().submittedAt(new Schedule.DueTime(NOON.plusSeconds(second), false)).value());
    }

    /** What was ordered since the last call, with the batch before each order. */
    private List<Object> orders() {
        return written(topics.batchOrders()).stream()
                .flatMap(order -> Stream.of(BatchId.parse(new String(order.key(), StandardCharsets.UTF_8)),
                        codecs.batchOrders().decode(topics.batchOrders(), order.value()).orElseThrow()))
                .toList();
    }

    @Test
    void shouldOrderABatchAtEachDueTimeOnce() {
        write(ofTemplate(Overlap.ALLOW));
        pass(Duration.ofSeconds(25));

        assertThat(orders()).containsExactly(batch(10), order(10), batch(20), order(20));
        assertThat(submitted()).isEmpty();
        assertThat(counters.fired()).isEqualTo(2);
    }

    private static BatchOrder order(int second) {
        Instant due = NOON.plusSeconds(second);
        return new BatchOrder.Place(
                new BatchOrder.Content.OfTemplate(new BatchRun("reports", new Json("{\"day\":1}"))),
                Optional.of(new Origin(Origin.Kind.SCHEDULE, "tick", due.toEpochMilli())), due);
    }

    @Test
    void shouldHaveTheEarlierBatchCancelledAndOrderTheNextWhenItHasEnded() {
        write(ofTemplate(Overlap.CANCEL_PREVIOUS));
        pass(Duration.ofSeconds(15));
        assertThat(orders()).hasSize(2);
        pass(TEN_SECONDS);
        assertThat(orders()).containsExactly(batch(10), new BatchOrder.Cancel(NOON.plusSeconds(20)));

        ended(new JobId(batch(10).value()), JobState.CANCELLED);

        assertThat(orders()).first().isEqualTo(batch(20));
        assertThat(schedule().firings()).element(1).satisfies(firing -> assertThat(firing.outcome()).isEqualTo(
                new Firing.Outcome.Fired(new Submitted.Batch(batch(10)), Optional.of(JobState.CANCELLED))));
    }
}
