package dev.leat.worker.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.LaneSchedule;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.worker.RecordingPlugin;
import dev.leat.worker.WorkerRig;
import dev.leat.worker.bundle.PluginHost;
import dev.leat.worker.limit.PeerWatch;
import dev.leat.worker.limit.PluginGates;
import dev.leat.runtime.plugin.SettingsBoard;
import dev.leat.worker.plugin.PluginCatalog;
import dev.leat.worker.run.ClaimedAttempt;
import dev.leat.worker.slot.SlotPool;

class BatchTakerTest {

    private static final int SLOTS = 4;
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String NORMAL = TOPICS.jobs("test", Lane.NORMAL);
    private static final TopicPartition P0 = new TopicPartition(NORMAL, 0);
    private static final TopicPartition P1 = new TopicPartition(NORMAL, 1);

    private final InMemoryAvro avro = new InMemoryAvro();
    private final Codecs codecs = avro.codecs(TOPICS);
    private final Set<JobId> cancelled = new HashSet<>();
    private final SlotPool slots = new SlotPool(SLOTS, 0, () -> {});
    private final ClaimIds ids = new ClaimIds(new WorkerId("w"));
    private final PartitionBuffers buffers = new PartitionBuffers(new PartitionBuffers.Limits(1_000, 1 << 30),
            ids::nextTenure);
    private final ClaimedHere claimedHere = new ClaimedHere(100);
    private final PluginCatalog catalog = PluginCatalog.of(List.of(new RecordingPlugin("test")),
            new ParamsValidator());
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    private final Set<String> announced = new HashSet<>();
    private final SettingsBoard settings = new SettingsBoard(codecs.settings(), () -> {});
    private final PluginGates gates = new PluginGates(new WorkerId("w"), settings,
            new PeerWatch(codecs.heartbeats(), System::nanoTime, () -> {}), System::nanoTime, () -> {});
    private final HostedLanes lanes = new HostedLanes(new PluginHost(catalog), gates, TOPICS);
    private final BatchTaker taker = new BatchTaker(
            new BatchTaker.Parts(buffers, slots, gates, new TakeOrder(new LaneSchedule(LaneSchedule.Policy.WEIGHTED)),
                    new CommandJudge(codecs.commands(), () -> catalog,
                            new KnownJobs((job, _) -> cancelled.contains(job), (_, _) -> true, this::announced),
                            claimedHere, clock::get),
                    new RegistryWait()),
            new BatchTaker.Claimer(new WorkerId("w"), ids::nextClaim,
                    new ClaimRecords(TOPICS, codecs.events(), new WorkerId("w")), InstantSource.system()),
            lanes);

    private void fill(TopicPartition partition, int count) {
        for (int offset = 0; offset < count; offset++) {
            buffers.add(command(partition, offset, WorkerRig.newId(), "test:noop"));
        }
    }

    private void say(PluginSetting setting) {
        settings.handle(new ConsumerRecord<>(TOPICS.pluginSettings(), 0, 0, new byte[0],
                codecs.settings().encode(TOPICS.pluginSettings(), setting)));
        lanes.follow();
    }

    @Test
    void shouldLeaveTheJobsOfAPausedPluginWhereTheyAre() {
        buffers.assigned(List.of(P0));
        fill(P0, 2);
        say(new PluginSetting.Pause("test", true, Instant.EPOCH));

        assertThat(taker.take().isEmpty()).isTrue();
        say(new PluginSetting.Pause("test", false, Instant.EPOCH));
        assertThat(taker.take().claims()).hasSize(2);
    }

    @Test
    void shouldTakeNoMoreThanThisWorkersShare() {
        buffers.assigned(List.of(P0));
        fill(P0, 4);
        say(new PluginSetting.Limits("test", Optional.of(3), Optional.empty(), Instant.EPOCH));

        assertThat(taker.take().claims()).hasSize(3);
    }

    @Test
    void shouldTakeNoMoreThanMayStartNow() {
        buffers.assigned(List.of(P0));
        fill(P0, 4);
        say(new PluginSetting.Limits("test", Optional.empty(), Optional.of(0.01), Instant.EPOCH));

        assertThat(taker.take().claims()).hasSize(1);
        assertThat(taker.take().isEmpty()).isTrue();
        assertThat(gates.atMost(Duration.ofHours(1))).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100));
    }

    @Test
    void shouldTakeAsManyAsThereAreSlots() {
        buffers.assigned(List.of(P0));
        fill(P0, 10);

        ClaimBatch batch = taker.take();

        assertThat(batch.claims()).hasSize(SLOTS);
        assertThat(batch.due()).hasSize(SLOTS).allSatisfy(due -> assertThat(due.topic()).isEqualTo(TOPICS.events()));
        assertThat(slots.free()).isZero();
        assertThat(taker.take().isEmpty()).isTrue();
        batch.claims().getFirst().slot().release();
        assertThat(taker.take().claims()).hasSize(1);
    }

    @Test
    void shouldStepOverWithoutSlot() {
        buffers.assigned(List.of(P0));
        JobId unwanted = WorkerRig.newId();
        JobId claimed = WorkerRig.newId();
        cancelled.add(unwanted);
        claimedHere.add(P0, new ClaimedHere.Attempt(claimed, 1));
        buffers.add(command(P0, 0, unwanted, "test:noop"));
        buffers.add(command(P0, 1, claimed, "test:noop"));
        buffers.add(Records.record(P0, 2));
        buffers.add(command(P0, 3, WorkerRig.newId(), "test:unheard-of"));

        ClaimBatch batch = taker.take();

        assertThat(batch.claims()).isEmpty();
        assertThat(batch.positions().values()).containsExactly(4L);
        assertThat(batch.due()).extracting(due -> due.topic())
                .containsExactly(TOPICS.deadLetter(), TOPICS.events());
        assertThat(slots.free()).isEqualTo(SLOTS);
    }

    @Test
    void shouldSnoozeWhatAnotherVersionOfThePluginKnows() throws Exception {
        buffers.assigned(List.of(P0));
        announced.add("test:newer");
        buffers.add(command(P0, 0, WorkerRig.newId(), "test:newer"));

        ClaimBatch batch = taker.take();

        assertThat(batch.claims()).hasSize(1);
        JobContext unused = (JobContext) Proxy.newProxyInstance(JobContext.class.getClassLoader(),
                new Class<?>[]{JobContext.class}, (_, _, _) -> {
                    throw new UnsupportedOperationException();
                });
        assertThat(batch.claims().getFirst().work().run(unused)).isInstanceOf(JobOutcome.Snoozed.class);
    }

    @Test
    void shouldNotRejectAnUnknownTypeWhoseAnnouncementMayBeOnItsWay() {
        buffers.assigned(List.of(P0));
        ConsumerRecord<byte[], byte[]> written = command(P0, 0, WorkerRig.newId(), "test:unheard-of");
        clock.set(Instant.ofEpochMilli(written.timestamp()));
        buffers.add(written);

        assertThat(taker.take().isEmpty()).isTrue();

        assertThat(buffers.head(P0)).isSameAs(written);
    }

    @Test
    void shouldLeaveAloneWhatIsOfAPluginThatIsNotHosted() {
        String other = TOPICS.jobs("other", Lane.NORMAL);
        TopicPartition gone = new TopicPartition(other, 0);
        buffers.assigned(List.of(gone, P0));
        ConsumerRecord<byte[], byte[]> left = Records.record(gone, 0);
        buffers.add(left);
        buffers.add(command(P0, 0, WorkerRig.newId(), "test:noop"));

        ClaimBatch batch = taker.take();

        assertThat(batch.positions().keySet()).extracting(tenure -> tenure.partition()).containsExactly(P0);
        assertThat(buffers.head(gone)).isSameAs(left);
    }

    @Test
    void shouldClaimOneOfTwoCopiesInOneBatch() {
        buffers.assigned(List.of(P0));
        JobId job = WorkerRig.newId();
        buffers.add(command(P0, 0, job, "test:noop"));
        buffers.add(command(P0, 1, job, "test:noop"));

        ClaimBatch batch = taker.take();

        assertThat(batch.claims()).hasSize(1);
        assertThat(batch.positions().values()).containsExactly(2L);
    }

    @Test
    void shouldLetPartitionWaitWhileTheRegistryIsAwayAndNeverSkip() {
        buffers.assigned(List.of(P0, P1));
        ConsumerRecord<byte[], byte[]> unreadable = command(P0, 0, WorkerRig.newId(), "test:noop");
        buffers.add(unreadable);
        avro.registryAway(true);
        assertThat(taker.take().isEmpty()).isTrue();
        avro.registryAway(false);

        buffers.add(command(P1, 0, WorkerRig.newId(), "test:noop"));
        ClaimBatch others = taker.take();

        assertThat(others.positions().keySet()).extracting(tenure -> tenure.partition()).containsExactly(P1);
        assertThat(buffers.head(P0)).isSameAs(unreadable);
    }

    @Test
    void shouldNeverLeaveGapNorExceedSlotsInAnyHistory() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<TopicPartition> partitions = List.of(P0, P1, new TopicPartition(NORMAL, 2));
        Map<TopicPartition, Long> written = new HashMap<>();
        Map<TopicPartition, Long> taken = new HashMap<>();
        List<ClaimedAttempt> running = new ArrayList<>();
        buffers.assigned(partitions);
        for (int step = 0; step < 5_000; step++) {
            TopicPartition partition = partitions.get(random.nextInt(3));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    long offset = written.merge(partition, 1L, Long::sum) - 1;
                    buffers.add(random.nextInt(5) == 0
                            ? Records.record(partition, offset)
                            : command(partition, offset, WorkerRig.newId(), "test:noop"));
                }
                case 2 -> {
                    if (!running.isEmpty()) {
                        running.remove(random.nextInt(running.size())).slot().release();
                    }
                }
                case 3 -> {
                    if (random.nextInt(50) == 0) {
                        buffers.revoked(List.of(partition));
                        buffers.assigned(List.of(partition));
                        // The next owner begins where this one had committed, and reads what is there again.
                        for (long again = taken.getOrDefault(partition, 0L); again < written.getOrDefault(partition,
                                0L); again++) {
                            buffers.add(command(partition, again, WorkerRig.newId(), "test:noop"));
                        }
                    }
                }
                default -> {
                    ClaimBatch batch = taker.take();
                    batch.positions().forEach((tenure, position) -> {
                        long expected = taken.getOrDefault(tenure.partition(), 0L);
                        for (ClaimBatch.Entry entry : batch.of(tenure)) {
                            assertThat(entry.position().offset()).as("step without a gap").isEqualTo(expected++);
                            assertThat(entry.claim().isPresent() || entry.due().isPresent()).isTrue();
                        }
                        assertThat(position).isEqualTo(expected);
                        taken.put(tenure.partition(), position);
                    });
                    running.addAll(batch.claims());
                    assertThat(running.size()).isLessThanOrEqualTo(SLOTS).isEqualTo(SLOTS - slots.free());
                }
            }
        }
        assertThat(taken.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(500);
    }

    private Optional<JobTypeDescriptor> announced(JobTypeName type) {
        return announced.contains(type.toString())
                ? Optional.of(new JobTypeDescriptor(type, "", Lane.NORMAL, JobPolicy.DEFAULT, new Json("{}"),
                        new Json("{}")))
                : Optional.empty();
    }

    private ConsumerRecord<byte[], byte[]> command(TopicPartition partition, long offset, JobId job, String type) {
        return Records.record(partition, offset, job.toString().getBytes(UTF_8),
                codecs.commands().encode(NORMAL, WorkerRig.command(type, "{}", Lane.NORMAL)));
    }
}
