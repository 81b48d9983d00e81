package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Questions that wait until a job is decided or has ended, at its owner and over the hop to it. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class WaitingQuestionsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    /** Far longer than any of these tests takes. */
    private static final long LONG_MILLIS = 60_000;
    private static final long SHORT_MILLIS = 300;

    private final FactLog log;
    private final List<RunningProjector> both = new ArrayList<>();
    private final Random random = new Random(17);
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();

    WaitingQuestionsTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
        String prefix = cluster.newPrefix();
        log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix).withPlugin("demo");
        both.add(RunningProjector.start(cluster, prefix, folder.resolve("one")));
        both.add(RunningProjector.start(cluster, prefix, folder.resolve("two")));
    }

    @BeforeAll
    void awaitBoth() {
        both.forEach(RunningProjector::awaitReady);
        await().atMost(SOON).until(() -> own(both.getFirst()) > 0 && own(both.getLast()) > 0);
        // The worker of all jobs lives for as long as the tests last.
        log.beat(Samples.WORKER, Duration.ofHours(1));
    }

    @AfterAll
    void stop() {
        askers.shutdownNow();
        both.forEach(RunningProjector::close);
        log.close();
    }

    @Test
    void shouldAnswerAsSoonAsTheJobHasEnded() throws Exception {
        JobId id = givenRunningJob();
        List<Future<RunningProjector.Answer>> waiting = new ArrayList<>();
        for (RunningProjector projector : both) {
            waiting.add(ask(projector, id, "", LONG_MILLIS));
            waiting.add(ask(projector, id, "/result", LONG_MILLIS));
        }
        awaitThatTheyWait(id);
        assertThat(waiting).noneMatch(Future::isDone);

        log.event(id, Samples.progressed(1, 50));
        log.event(id, Samples.succeeded());

        for (Future<RunningProjector.Answer> answer : waiting) {
            assertThat(answer.get(SOON.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        assertThat(waiting.getFirst().get().json().path("status").asText()).isEqualTo("completed");
        assertThat(waiting.getLast().get().response().body()).isEqualTo("{\"count\":168}");
    }

    @Test
    void shouldAnswerWithTheJobAsItIsWhereItsEndTakesLonger() throws Exception {
        JobId id = givenRunningJob();

        for (RunningProjector projector : both) {
            long start = System.nanoTime();
            RunningProjector.Answer job = ask(projector, id, "", SHORT_MILLIS).get();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(SHORT_MILLIS - 1));
            assertThat(job.json().path("status").asText()).isEqualTo("running");
            assertThat(ask(projector, id, "/result", SHORT_MILLIS).get().json().path("type").asText())
                    .isEqualTo("urn:leat:problem:job-not-finished");
        }
    }

    @Test
    void shouldNotWaitForTheEndOfAJobThatThereIsNot() throws Exception {
        JobId id = JobId.draw(Instant.now().minusSeconds(60), random);

        assertThat(ask(both.getFirst(), id, "", LONG_MILLIS).get(SOON.toSeconds(), TimeUnit.SECONDS).status())
                .isEqualTo(404);
    }

    @Test
    void shouldLetHundredsWaitAtOnce() throws Exception {
        List<JobId> ids = IntStream.range(0, 300).mapToObj(_ -> givenQueuedJob()).toList();
        Map<JobId, CommandPosition> starts = new LinkedHashMap<>();
        ids.forEach(id -> starts.put(id, log.event(id, Samples.started())));
        for (Map.Entry<JobId, CommandPosition> start : starts.entrySet()) {
            assertRunning(start.getKey(), start.getValue());
        }
        List<Future<RunningProjector.Answer>> waiting = new ArrayList<>();
        ids.forEach(id -> both.forEach(projector -> waiting.add(ask(projector, id, "", LONG_MILLIS))));
        awaitThatTheyWait(ids.getFirst());
        awaitThatTheyWait(ids.getLast());
        assertThat(waiting).noneMatch(Future::isDone);

        long start = System.nanoTime();
        ids.forEach(id -> log.event(id, Samples.failed()));

        for (Future<RunningProjector.Answer> answer : waiting) {
            assertThat(answer.get(SOON.toSeconds(), TimeUnit.SECONDS).json().path("status").asText())
                    .isEqualTo("failed");
        }
        System.out.printf("%d waiters were answered %d ms after the first of their jobs ended%n", waiting.size(),
                (System.nanoTime() - start) / 1_000_000);
    }

    @Test
    void shouldSayWhetherAJobHasItsKeyForItselfOnceThatIsDecided() throws Exception {
        JobId first = beside("key-1");
        JobId second = beside("key-1");
        CommandPosition firstAt = log.pending(first, Samples.scheduled(Samples.unique("key-1")));
        CommandPosition secondAt = log.pending(second, Samples.scheduled(Samples.unique("key-1")));

        for (RunningProjector projector : both) {
            RunningProjector.Answer admitted = projector.get(decided(first, firstAt, LONG_MILLIS));
            assertThat(admitted.status()).as("%s", admitted).isEqualTo(200);
            assertThat(admitted.json().path("status").asText()).isIn("scheduled", "queued");
            RunningProjector.Answer refused = projector.get(decided(second, secondAt, LONG_MILLIS));
            assertThat(refused.json().path("status").asText()).as("%s", refused).isEqualTo("rejected");
            assertThat(refused.json().path("duplicateOf").asText()).isEqualTo(first.toString());
        }
    }

    @Test
    void shouldSayNothingOfAJobThatHasNotBeenSeen() throws Exception {
        JobId id = beside("key-2");
        CommandPosition at = log.pending(id, Samples.scheduled(Samples.unique("key-2")));
        CommandPosition ahead = new CommandPosition(at.topic(), at.partition(), at.offset() + 1_000_000);

        for (RunningProjector projector : both) {
            RunningProjector.Answer answer = projector.get(decided(beside("key-2"), ahead, SHORT_MILLIS));
            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.json().path("type").asText()).isEqualTo("urn:leat:problem:status-unavailable");
        }
    }

    @Test
    void shouldTakeAJobWithoutAKeyForDecided() throws Exception {
        JobId id = JobId.draw(Instant.now(), random);
        CommandPosition at = log.pending(id, Samples.scheduled(Samples.runAt(Instant.now().plusSeconds(3_600))));

        assertThat(both.getFirst().get(decided(id, at, LONG_MILLIS)).json().path("status").asText())
                .isEqualTo("scheduled");
    }

    @Test
    void shouldNameWhatAnAnswerCanWaitFor() throws Exception {
        RunningProjector.Answer answer = both.getFirst()
                .get("/internal/v1/jobs/" + givenQueuedJob() + "?until=done&wait=5");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("parameter").asText()).isEqualTo("until");
        assertThat(answer.json().path("detail").asText()).contains("decided or ended");
    }

    @Test
    void shouldRefuseAWaitThatIsTooLong() throws Exception {
        for (long wrong : List.of(-1L, LONG_MILLIS + 1, Long.MAX_VALUE)) {
            RunningProjector.Answer answer = ask(both.getFirst(), givenQueuedJob(), "", wrong).get();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("parameter").asText()).isEqualTo("wait");
        }
    }

    @Test
    void shouldSendWaitersAwayWhereTheirPartitionGoes(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        String prefix = cluster.newPrefix();
        try (FactLog its = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix)
                .withPlugin("demo"); RunningProjector projector = RunningProjector.start(cluster, prefix, folder)) {
            projector.awaitReady();
            JobId id = JobId.draw(Instant.now(), random);
            its.lane(id, Samples.queued("demo:prime", Instant.now()));
            await().atMost(SOON).until(() -> projector.get("/internal/v1/jobs/" + id).status() == 200);
            Future<RunningProjector.Answer> waiting = ask(projector, id, "", LONG_MILLIS);
            assertThat(ask(projector, id, "", SHORT_MILLIS).get().status()).isEqualTo(200);
            assertThat(waiting).isNotDone();

            projector.projector().stop();

            assertThat(waiting.get(SOON.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(503);
        }
    }

    /** An id on the partition of a key. */
    private JobId beside(String key) {
        int home = PartitionOf.key(key, RunningProjector.PARTITIONS);
        JobId id = JobId.draw(Instant.now(), random);
        while (PartitionOf.job(id, RunningProjector.PARTITIONS) != home) {
            id = JobId.draw(Instant.now(), random);
        }
        return id;
    }

    private static String decided(JobId id, CommandPosition position, long millis) {
        return "/internal/v1/jobs/" + id + "?position=" + position + "&until=decided&wait=" + millis;
    }

    private JobId givenQueuedJob() {
        JobId id = JobId.draw(Instant.now(), random);
        log.lane(id, Samples.queued("demo:prime", Instant.now()));
        return id;
    }

    private JobId givenRunningJob() {
        JobId id = givenQueuedJob();
        assertRunning(id, log.event(id, Samples.started()));
        return id;
    }

    /** The answer comes when the start has been folded; the command may be behind it, as it is in another topic. */
    private void assertRunning(JobId id, CommandPosition start) {
        String path = "/internal/v1/jobs/" + id + "?position=" + start + "&wait=" + SOON.toMillis();
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .until(() -> both.getFirst().get(path).json().path("status").asText(), "running"::equals);
    }

    /** Whoever has asked before waits by the time that questions asked later have waited in vain. */
    private void awaitThatTheyWait(JobId open) throws Exception {
        for (RunningProjector projector : both) {
            assertThat(ask(projector, open, "", SHORT_MILLIS).get().json().path("status").asText())
                    .isEqualTo("running");
        }
    }

    private Future<RunningProjector.Answer> ask(RunningProjector projector, JobId id, String what, long millis) {
        return askers.submit(() -> projector.get("/internal/v1/jobs/" + id + what + "?until=ended&wait=" + millis));
    }

    private static int own(RunningProjector projector) throws Exception {
        return projector.get("/internal/v1/stats", "Leat-Forwarded", "1").json().path("partitions").size();
    }
}
