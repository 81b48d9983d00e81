package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.JobId;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** A new installation: projectors run before there is any plugin. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(180)
class FirstLanesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int JOBS = 5;

    private final KafkaCluster cluster;
    private final String prefix;
    private final FactLog log;
    private final Path folder;
    private final Random random = new Random(23);
    private final List<RunningProjector> projectors = new ArrayList<>();

    FirstLanesTest(KafkaCluster cluster, @TempDir Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        prefix = cluster.newPrefix();
        log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix);
    }

    @AfterEach
    void close() {
        projectors.forEach(RunningProjector::close);
        log.close();
    }

    private RunningProjector start(String stateDir) {
        projectors.add(RunningProjector.start(cluster, prefix, folder.resolve(stateDir)));
        return projectors.getLast();
    }

    /** Makes the lanes of a plugin and puts jobs into one of them. */
    private List<JobId> givenPlugin(String plugin) throws InterruptedException {
        log.withPlugin(plugin);
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(JobId.draw(Instant.now(), random));
            log.lane(jobs.getLast(), Samples.queued(plugin + ":job", Instant.now()));
        }
        return jobs;
    }

    private void awaitQueued(List<JobId> jobs) {
        for (RunningProjector projector : projectors) {
            for (JobId job : jobs) {
                await().atMost(SOON)
                        .pollDelay(Duration.ZERO)
                        .until(() -> projector.get("/internal/v1/jobs/" + job).json().path("status").asText(),
                                "queued"::equals);
            }
        }
    }

    @Test
    void shouldTakeInTheFirstLanesWhileRunning() throws Exception {
        RunningProjector projector = start("one").awaitReady();

        awaitQueued(givenPlugin("demo"));

        assertThat(projector.projector().counters().failedThreads()).isZero();
    }

    /**
     * Kafka Streams cannot make standbys active that are older than a lane, and may leave their stores open; the projector
     * gets over that by itself.
     */
    @Test
    void shouldTakeOverFromAnotherThoughLanesComeAtAnyTime() throws Exception {
        start("one");
        RunningProjector goes = start("two");
        List<JobId> jobs = new ArrayList<>(givenPlugin("demo"));
        jobs.addAll(givenPlugin("mail"));
        projectors.forEach(RunningProjector::awaitReady);
        await().atMost(SOON).until(() -> own(goes) > 0 && own(goes) < RunningProjector.PARTITIONS);
        jobs.addAll(givenPlugin("report"));
        awaitQueued(jobs);

        goes.close();
        projectors.remove(goes);

        RunningProjector stays = projectors.getFirst();
        await().atMost(SOON).until(() -> own(stays) == RunningProjector.PARTITIONS);
        awaitQueued(jobs);
        assertThat(stays.projector().isLive()).isTrue();
        System.out.printf("Took over after %d threads had failed%n", stays.projector().counters().failedThreads());
    }

    private static int own(RunningProjector projector) throws Exception {
        return projector.get("/internal/v1/stats", "Leat-Forwarded", "1").json().path("partitions").size();
    }
}
