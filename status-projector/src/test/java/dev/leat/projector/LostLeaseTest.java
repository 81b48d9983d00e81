package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerId;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Workers that fall silent, with the group in which workers consume. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class LostLeaseTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final Settings settings;
    private final FactLog log;
    private final RunningProjector projector;
    private final Random random = new Random(13);
    private final Consumer<byte[], byte[]> group;

    LostLeaseTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
        String prefix = cluster.newPrefix();
        settings = RunningProjector.settings(cluster, prefix, Map.of());
        log = new FactLog(settings, prefix).withPlugin("demo");
        projector = RunningProjector.start(cluster, prefix, folder);
        Map<String, Object> properties = new KafkaClients(settings).consumerProperties("test-group");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, log.topics().workers());
        group = new KafkaConsumer<>(properties);
    }

    @BeforeAll
    void awaitReady() {
        projector.awaitReady();
    }

    @AfterAll
    void stop() {
        group.close();
        projector.close();
        log.close();
    }

    /** A job whose attempt a worker has claimed. */
    private record Claimed(JobId id, ClaimId claim, WorkerId worker, CommandPosition command) {}

    private Claimed claim() {
        JobId id = JobId.draw(Instant.now(), random);
        CommandPosition command = log.lane(id, Samples.queued("demo:prime", Instant.now()));
        return claim(id, command);
    }

    private Claimed claim(JobId id, CommandPosition command) {
        Claimed claimed = new Claimed(id, new ClaimId(UUID.randomUUID().toString()),
                new WorkerId(UUID.randomUUID().toString()), command);
        log.beat(claimed.worker(), LEASE);
        log.event(id, Samples.started(1, claimed.claim(), claimed.worker(), command));
        return claimed;
    }

    /** Wins the claim, as the worker does. */
    private void commit(Claimed claimed) {
        CommandPosition command = claimed.command();
        TopicPartition partition = new TopicPartition(command.topic(), command.partition());
        group.assign(List.of(partition));
        group.commitSync(Map.of(partition, new OffsetAndMetadata(command.offset() + 1)));
    }

    private String status(JobId id) throws Exception {
        return projector.get("/internal/v1/jobs/" + id).json().path("status").asText();
    }

    private void awaitStatus(JobId id, String status) {
        await().atMost(SOON).until(() -> status(id), status::equals);
    }

    private List<Integer> attemptsInLane(JobId id) {
        return log.attempts(log.topics().jobs("demo", Lane.NORMAL)).getOrDefault(id, List.of());
    }

    @Test
    void shouldQueueNextAttemptOfWonClaimAndTellWorkerToStop() throws Exception {
        Claimed lost = claim();
        commit(lost);
        awaitStatus(lost.id(), "running");

        awaitStatus(lost.id(), "retrying");
        await().atMost(SOON).until(() -> attemptsInLane(lost.id()), List.of(1, 2)::equals);

        assertThat(log.requests(lost.id())).singleElement()
                .isInstanceOfSatisfying(Request.StopClaim.class,
                        stop -> assertThat(stop.claim()).isEqualTo(lost.claim()));
        assertThat(projector.get("/internal/v1/jobs/" + lost.id()).json().path("spentAttempts").asInt()).isEqualTo(1);
    }

    @Test
    void shouldLeaveCommandThatNobodyWonToKafka() throws Exception {
        Claimed lost = claim();
        awaitStatus(lost.id(), "running");

        awaitStatus(lost.id(), "queued");

        assertThat(log.requests(lost.id())).isEmpty();
        Claimed next = claim(lost.id(), lost.command());
        commit(next);
        awaitStatus(lost.id(), "running");
        log.event(lost.id(), new Fact.AttemptSucceeded(1, next.claim(), Samples.succeeded().result(), Instant.now()));
        awaitStatus(lost.id(), "completed");
        assertThat(attemptsInLane(lost.id())).containsExactly(1);
        assertThat(projector.get("/internal/v1/jobs/" + lost.id()).json().path("spentAttempts").asInt()).isEqualTo(1);
    }

    @Test
    void shouldSpendTryOfDoubtedClaimThatTurnsOutToBeWon() {
        Claimed lost = claim();
        awaitStatus(lost.id(), "queued");

        commit(lost);

        await().atMost(SOON).until(() -> attemptsInLane(lost.id()), List.of(1, 2)::equals);
    }

    @Test
    void shouldNotWaitForLeaseOfWorkerThatSaidGoodbye() throws Exception {
        Claimed claimed = claim();
        log.beat(claimed.worker(), Duration.ofHours(1));
        commit(claimed);
        awaitStatus(claimed.id(), "running");

        log.goodbye(claimed.worker());

        await().atMost(SOON).until(() -> attemptsInLane(claimed.id()), List.of(1, 2)::equals);
    }

    @Test
    void shouldLeaveClaimOfWorkerThatBeatsAlone() throws Exception {
        Claimed lives = claim();
        commit(lives);
        Claimed lost = claim();
        commit(lost);

        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            log.beat(lives.worker(), LEASE);
            return status(lost.id()).equals("retrying");
        });

        assertThat(status(lives.id())).isEqualTo("running");
        assertThat(log.requests(lives.id())).isEmpty();
    }
}
