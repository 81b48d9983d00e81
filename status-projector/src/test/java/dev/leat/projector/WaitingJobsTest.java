package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Request;
import dev.leat.domain.Terms;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What waits in the projector: for its time, for its key, for its plugin, and for its end. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class WaitingJobsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "invoice-7";

    private final KafkaCluster cluster;
    private final String prefix;
    private final FactLog log;
    private final Path folder;
    private final Random random = new Random(19);
    private final List<RunningProjector> projectors = new ArrayList<>();

    WaitingJobsTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
        this.cluster = cluster;
        this.folder = folder;
        prefix = cluster.newPrefix();
        log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix).withPlugin("demo");
    }

    @AfterEach
    void close() {
        projectors.forEach(RunningProjector::close);
        log.close();
    }

    private RunningProjector start(String stateDir, String... more) {
        Map<String, String> values = new HashMap<>(
                Map.of("leat.projector.state.dir", folder.resolve(stateDir).toString()));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        RunningProjector started = RunningProjector.start(RunningProjector.settings(cluster, prefix, values));
        projectors.add(started);
        return started.awaitReady();
    }

    private JobId id() {
        return JobId.draw(Instant.now(), random);
    }

    /** An id in the partition of the key. */
    private JobId idFor(String key) {
        JobId id;
        do {
            id = id();
        } while (PartitionOf.job(id, RunningProjector.PARTITIONS) != PartitionOf.key(key,
                RunningProjector.PARTITIONS));
        return id;
    }

    private static String status(RunningProjector projector, JobId id) throws Exception {
        return projector.get("/internal/v1/jobs/" + id).json().path("status").asText();
    }

    private static void awaitStatus(RunningProjector projector, JobId id, String status) {
        await().atMost(SOON).pollDelay(Duration.ZERO).until(() -> status(projector, id), status::equals);
    }

    /** The attempts of each job that stand in the lane of demo. */
    private Map<JobId, List<Integer>> inLane() {
        return log.attempts(log.topics().jobs("demo", Lane.NORMAL));
    }

    @Test
    void shouldKeepDueEntriesAndKeysWhereFolderIsLost() throws Exception {
        JobId delayed = id();
        JobId first = idFor(KEY);
        JobId second = idFor(KEY);
        RunningProjector before = start("one");
        log.pending(delayed, Samples.scheduled(Samples.runAt(Instant.now().plusSeconds(15))));
        log.pending(first, Samples.scheduled(Samples.unique(KEY)));
        awaitStatus(before, delayed, "scheduled");
        awaitStatus(before, first, "queued");
        before.close();

        RunningProjector after = start("two");
        log.pending(second, Samples.scheduled(Samples.unique(KEY)));

        awaitStatus(after, second, "rejected");
        JsonNode rejected = after.get("/internal/v1/jobs/" + second).json();
        assertThat(rejected.path("error").path("code").asText()).isEqualTo("duplicate");
        assertThat(rejected.path("duplicateOf").asText()).isEqualTo(first.toString());
        awaitStatus(after, delayed, "queued");
        assertThat(inLane()).isEqualTo(Map.of(delayed, List.of(1), first, List.of(1)));
    }

    @Test
    @Tag("process")
    void shouldQueueDelayedJobsOnceThoughProjectorIsKilled() throws Exception {
        Process other = ProjectorProcess.start(cluster, prefix, folder.resolve("killed"));
        try {
            RunningProjector stays = start("stays");
            await().atMost(SOON).until(() -> own(stays) > 0 && own(stays) < RunningProjector.PARTITIONS);
            Instant due = Instant.now().plusSeconds(5);
            List<JobId> jobs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                jobs.add(id());
                log.pending(jobs.getLast(), Samples.scheduled(Samples.runAt(due.plusMillis(i * 20L))));
            }
            await().atMost(SOON).until(() -> Instant.now().isAfter(due.plusSeconds(1)));

            other.destroyForcibly();

            for (JobId job : jobs) {
                awaitStatus(stays, job, "queued");
            }
            assertThat(inLane()).hasSize(jobs.size())
                    .allSatisfy((_, attempts) -> assertThat(attempts).containsExactly(1));
        } finally {
            other.destroyForcibly();
        }
    }

    private static int own(RunningProjector projector) throws Exception {
        return projector.get("/internal/v1/stats", "Leat-Forwarded", "1").json().path("partitions").size();
    }

    @Test
    void shouldAdmitExactlyOneOfManyThatAreSubmittedAtOnce() throws Exception {
        RunningProjector projector = start("one");
        List<JobId> jobs = new ArrayList<>();
        try (ExecutorService submitters = Executors.newFixedThreadPool(8)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                JobId id = idFor(KEY);
                jobs.add(id);
                sent.add(submitters.submit(() -> log.pending(id, Samples.scheduled(Samples.unique(KEY)))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }

        await().atMost(SOON).until(() -> count(projector, "queued") + count(projector, "rejected") == jobs.size());
        assertThat(count(projector, "queued")).isEqualTo(1);
        JobId admitted = JobId.parse(projector.get("/internal/v1/jobs?status=queued").json().path("jobs").get(0)
                .path("id").asText());
        for (JobId job : jobs) {
            if (!job.equals(admitted)) {
                assertThat(projector.get("/internal/v1/jobs/" + job).json().path("duplicateOf").asText())
                        .isEqualTo(admitted.toString());
            }
        }
        assertThat(inLane()).isEqualTo(Map.of(admitted, List.of(1)));
    }

    private static int count(RunningProjector projector, String state) throws Exception {
        return projector.get("/internal/v1/stats").json().path("jobs").path(state).asInt();
    }

    @Test
    void shouldForgetEndedJobsAndAnswerThatThereAreNone() throws Exception {
        RunningProjector projector = start("one", "leat.projector.retention", "3s");
        JobId purged = id();
        log.lane(purged, Samples.queued("demo:prime", Instant.now()));
        log.event(purged, Samples.started());
        log.event(purged, Samples.succeeded());
        JobId cleared = id();
        log.pending(cleared, Samples.scheduled("demo:prime", Terms.NONE, Samples.retention(Duration.ofDays(1))));
        awaitStatus(projector, cleared, "queued");
        log.event(cleared, Samples.started());
        log.event(cleared, Samples.succeeded());
        JobId unknown = id();
        log.event(unknown, Samples.started());
        JobId open = id();
        log.lane(open, Samples.queued("demo:prime", Instant.now()));
        awaitStatus(projector, cleared, "completed");

        log.control(cleared, new Request.Forget(Instant.now()));

        for (JobId gone : List.of(purged, cleared)) {
            await().atMost(SOON).until(() -> projector.get("/internal/v1/jobs/" + gone).status() == 404);
        }
        await().atMost(SOON).until(() -> projector.projector().counters().forgotten() == 3);
        assertThat(projector.get("/internal/v1/jobs").json().path("jobs")).hasSize(1);
        assertThat(count(projector, "completed")).isZero();
        assertThat(status(projector, open)).isEqualTo("queued");
    }

    @Test
    void shouldEndJobOfUnknownPluginAndGoOn() throws Exception {
        RunningProjector projector = start("one", "leat.projector.lane.wait", "3s");
        JobId ghost = id();
        log.pending(ghost, Samples.scheduled("ghost:job", Samples.runAt(Instant.now()), PolicyOverrides.NONE));
        JobId real = id();
        log.pending(real, Samples.scheduled(Samples.runAt(Instant.now())));

        awaitStatus(projector, real, "queued");
        awaitStatus(projector, ghost, "rejected");

        assertThat(projector.get("/internal/v1/jobs/" + ghost).json().path("error").path("code").asText())
                .isEqualTo("unknown-plugin");
    }

    @Test
    void shouldQueueJobOfPluginWhoseFirstWorkerComesLater() throws Exception {
        RunningProjector projector = start("one");
        JobId early = id();
        log.pending(early, Samples.scheduled("late:job", Samples.runAt(Instant.now()), PolicyOverrides.NONE));
        awaitStatus(projector, early, "scheduled");

        log.withPlugin("late");

        awaitStatus(projector, early, "queued");
        assertThat(log.attempts(log.topics().jobs("late", Lane.NORMAL))).isEqualTo(Map.of(early, List.of(1)));
    }

    /** A job of which an attempt has been started. */
    private JobId started() {
        JobId id = id();
        log.lane(id, Samples.queued("demo:prime", Instant.now()));
        log.event(id, Samples.started());
        return id;
    }

    @Test
    void shouldListEveryStateByItsName() throws Exception {
        RunningProjector projector = start("one");
        JobId scheduled = id();
        log.pending(scheduled, Samples.scheduled(Samples.runAt(Instant.now().plusSeconds(600))));
        JobId retrying = started();
        log.event(retrying, Samples.failed(Optional.of(Duration.ofHours(1))));
        JobId timedOut = started();
        log.event(timedOut, Samples.timedOut());
        JobId running = started();
        log.control(running, Samples.cancelRequested());
        JobId expired = id();
        log.pending(expired, Samples.scheduled(Samples.limits(Optional.of(Instant.now()), Optional.empty())));

        Map<String, JobId> jobs = Map.of("scheduled", scheduled, "retrying", retrying, "timed_out", timedOut,
                "running", running, "expired", expired);
        for (Map.Entry<String, JobId> job : jobs.entrySet()) {
            await(job.getKey()).atMost(SOON).until(() -> ids(projector, job.getKey()),
                    List.of(job.getValue().toString())::equals);
        }
        // Only now is each of them where it stays.
        for (String state : jobs.keySet()) {
            assertThat(count(projector, state)).as(state).isEqualTo(1);
        }
        awaitStatus(projector, running, "cancelling");
        JsonNode detailed = projector.get("/internal/v1/jobs/" + retrying).json();
        assertThat(detailed.path("attempts")).hasSize(1);
        assertThat(detailed.path("attempts").get(0).path("ending").asText()).isEqualTo("failed");
        assertThat(detailed.path("nextAttemptAt").isTextual()).isTrue();
        assertThat(projector.get("/internal/v1/jobs?status=retrying").json().path("jobs").get(0).has("attempts"))
                .isFalse();
    }

    private static List<String> ids(RunningProjector projector, String state) throws Exception {
        List<String> ids = new ArrayList<>();
        projector.get("/internal/v1/jobs?status=" + state).json().path("jobs")
                .forEach(job -> ids.add(job.path("id").asText()));
        return ids;
    }
}
