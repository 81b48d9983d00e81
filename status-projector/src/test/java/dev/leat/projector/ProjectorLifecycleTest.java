package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.kafka.TopicSetupException;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class ProjectorLifecycleTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int JOBS = 50;

    private final KafkaCluster cluster;
    private final String prefix;
    private final FactLog log;
    private final Path folder;
    private final Random random = new Random(5);

    ProjectorLifecycleTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
        this.cluster = cluster;
        this.folder = folder;
        prefix = cluster.newPrefix();
        log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix).withPlugin("demo");
    }

    @AfterEach
    void close() {
        log.close();
    }

    private RunningProjector start(String stateDir) {
        return RunningProjector.start(cluster, prefix, folder.resolve(stateDir));
    }

    /** Writes jobs, half of them completed, and waits until the projector shows them. */
    private List<JobId> givenJobs(RunningProjector projector) throws Exception {
        Map<JobId, CommandPosition> ends = new LinkedHashMap<>();
        for (int i = 0; i < JOBS; i++) {
            JobId id = JobId.draw(Instant.now(), random);
            ends.put(id, log.lane(id, Samples.queued("demo:prime", Instant.now())));
            if (i % 2 == 0) {
                log.event(id, Samples.started());
                ends.put(id, log.event(id, Samples.succeeded()));
            }
        }
        for (Map.Entry<JobId, CommandPosition> end : ends.entrySet()) {
            await().atMost(SOON)
                    .pollDelay(Duration.ZERO)
                    .until(() -> isShown(projector, end.getKey(), end.getValue()));
        }
        return List.copyOf(ends.keySet());
    }

    private static boolean isShown(RunningProjector projector, JobId id, CommandPosition position) throws Exception {
        return projector.get("/internal/v1/jobs/" + id + "?position=" + position).status() == 200;
    }

    private static void assertShows(RunningProjector projector, List<JobId> ids) throws Exception {
        for (int i = 0; i < ids.size(); i++) {
            RunningProjector.Answer job = projector.get("/internal/v1/jobs/" + ids.get(i));
            assertThat(job.json().path("status").asText()).isEqualTo(i % 2 == 0 ? "completed" : "queued");
        }
        assertThat(projector.get("/internal/v1/jobs?limit=500").json().path("jobs")).hasSize(ids.size());
        assertThat(projector.get("/internal/v1/stats").json().path("jobs").path("completed").asInt())
                .isEqualTo(ids.size() / 2);
    }

    @Test
    void shouldKeepJobsOverRestartWithoutFoldingAgain() throws Exception {
        List<JobId> ids;
        try (RunningProjector projector = start("one").awaitReady()) {
            ids = givenJobs(projector);
            assertShows(projector, ids);
        }
        try (RunningProjector projector = start("one").awaitReady()) {
            assertShows(projector, ids);
            assertThat(projector.projector().counters().changed()).isZero();
        }
    }

    @Test
    void shouldRestoreJobsWhereFolderIsLost() throws Exception {
        List<JobId> ids;
        try (RunningProjector projector = start("one").awaitReady()) {
            ids = givenJobs(projector);
        }
        try (RunningProjector projector = start("another").awaitReady()) {
            assertShows(projector, ids);
            assertThat(projector.projector().counters().changed()).isZero();
        }
    }

    @Test
    void shouldServePositionsOfBeforeItsStart() throws Exception {
        CommandPosition position;
        JobId id = JobId.draw(Instant.now(), random);
        try (RunningProjector projector = start("one").awaitReady()) {
            position = log.lane(id, Samples.queued("demo:prime", Instant.now()));
            await().atMost(SOON).until(() -> isShown(projector, id, position));
        }
        Settings patient = RunningProjector.settings(cluster, prefix, Map.of("leat.projector.state.dir",
                folder.resolve("one").toString(), "leat.projector.position.wait", "30s"));
        try (RunningProjector projector = RunningProjector.start(patient).awaitReady()) {
            long start = System.nanoTime();
            assertThat(isShown(projector, id, position)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void shouldHandPartitionsOverWhenStopped() throws Exception {
        try (RunningProjector stays = start("one").awaitReady()) {
            List<JobId> ids = givenJobs(stays);
            RunningProjector goes = start("two").awaitReady();
            await().atMost(SOON).until(() -> own(goes) > 0 && own(goes) < RunningProjector.PARTITIONS);

            long start = System.nanoTime();
            goes.close();
            await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> own(stays) == 4);

            System.out.printf("Handed over in %d ms%n", (System.nanoTime() - start) / 1_000_000);
            assertShows(stays, ids);
        }
    }

    @Test
    @Tag("process")
    void shouldTakeOverFromKilledProjector() throws Exception {
        Process other = ProjectorProcess.start(cluster, prefix, folder.resolve("two"));
        try (RunningProjector stays = start("one").awaitReady()) {
            List<JobId> ids = givenJobs(stays);
            await().atMost(SOON).until(() -> own(stays) > 0 && own(stays) < RunningProjector.PARTITIONS);

            long start = System.nanoTime();
            other.destroyForcibly();
            JobId id = JobId.draw(Instant.now(), random);
            log.lane(id, Samples.queued("demo:prime", Instant.now()));
            await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> own(stays) == 4);
            await().atMost(SOON).until(() -> stays.get("/internal/v1/jobs/" + id).status() == 200);

            System.out.printf("Took over in %d ms%n", (System.nanoTime() - start) / 1_000_000);
            assertThat(stays.get("/internal/v1/jobs?limit=500").json().path("jobs")).hasSize(ids.size() + 1);
        } finally {
            other.destroyForcibly();
        }
    }

    private static int own(RunningProjector projector) throws Exception {
        return projector.get("/internal/v1/stats", "Leat-Forwarded", "1").json().path("partitions").size();
    }

    @Test
    void shouldRefuseLaneWithOtherPartitionCount() throws Exception {
        String lane = log.topics().jobs("odd", Lane.HIGH);
        try (Admin admin = new KafkaClients(RunningProjector.settings(cluster, prefix, Map.of())).admin("test")) {
            admin.createTopics(List.of(new NewTopic(lane, Optional.of(3), Optional.empty()))).all().get();
            await().atMost(SOON).until(() -> admin.listTopics().names().get().contains(lane));
        }
        try (RunningProjector projector = start("one")) {
            Throwable fault = projector.projector().fault().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(fault).isInstanceOf(TopicSetupException.class)
                    .hasMessageContaining("Expected every lane to have 4 partitions")
                    .hasMessageContaining(lane + " has 3");
            assertThat(projector.get("/health/liveness").status()).isEqualTo(503);
            assertThat(projector.get("/health/readiness").status()).isEqualTo(503);
            assertThat(projector.get("/internal/v1/jobs").status()).isEqualTo(503);
        }
    }

    @Test
    void shouldStopTwiceAndBeforeItHasStarted() {
        try (RunningProjector running = start("one")) {
            Projector projector = running.projector();

            projector.stop();
            projector.stop();
            projector.start(new HostInfo("127.0.0.1", 1));

            assertThat(projector.isReady()).isFalse();
            assertThat(projector.serving()).isEmpty();
        }
    }
}
