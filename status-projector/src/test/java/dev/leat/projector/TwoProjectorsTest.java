package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.data.Percentage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class TwoProjectorsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final FactLog log;
    private final List<RunningProjector> both = new ArrayList<>();
    private final Random random = new Random(11);

    TwoProjectorsTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
        String prefix = cluster.newPrefix();
        log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix).withPlugin("demo");
        both.add(RunningProjector.start(cluster, prefix, folder.resolve("one")));
        both.add(RunningProjector.start(cluster, prefix, folder.resolve("two")));
    }

    /** Both answer for some partitions: the second has joined. */
    @BeforeAll
    void awaitBoth() {
        both.forEach(RunningProjector::awaitReady);
        await().atMost(SOON).until(() -> {
            for (RunningProjector projector : both) {
                int own = projector.get("/internal/v1/stats", "Leat-Forwarded", "1").json().path("partitions").size();
                if (own == 0 || own == RunningProjector.PARTITIONS) {
                    return false;
                }
            }
            return true;
        });
    }

    @AfterAll
    void stop() {
        both.forEach(RunningProjector::close);
        log.close();
    }

    private JobId youngId() {
        return JobId.draw(Instant.now(), random);
    }

    private static String path(JobId id, CommandPosition position) {
        return "/internal/v1/jobs/" + id + "?position=" + position + "&wait=10000";
    }

    @Test
    void shouldServeEveryJobFromEitherWithResult() throws Exception {
        Map<JobId, CommandPosition> ends = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            JobId id = youngId();
            log.lane(id, Samples.queued("demo:prime", Instant.now()));
            log.event(id, Samples.started());
            ends.put(id, log.event(id, Samples.succeeded()));
        }

        for (Map.Entry<JobId, CommandPosition> job : ends.entrySet()) {
            for (RunningProjector projector : both) {
                RunningProjector.Answer answer = projector.get(path(job.getKey(), job.getValue()));
                assertThat(answer.status()).as("%s", answer).isEqualTo(200);
                assertThat(answer.json().path("id").asText()).isEqualTo(job.getKey().toString());
                assertThat(answer.json().path("status").asText()).isEqualTo("completed");
                assertThat(answer.json().path("params").path("n").asInt()).isEqualTo(1);
                RunningProjector.Answer result = projector.get("/internal/v1/jobs/" + job.getKey() + "/result");
                assertThat(result.status()).isEqualTo(200);
                assertThat(result.response().body()).isEqualTo("{\"count\":168}");
            }
        }
    }

    @Test
    void shouldServeLogFromEither() throws Exception {
        JobId id = youngId();
        log.lane(id, Samples.queued("demo:prime", Instant.now()));
        log.event(id, Samples.started());
        log.event(id, Samples.logged(1, Samples.CLAIM, 1, "low", "lower"));
        CommandPosition end = log.event(id, Samples.succeeded());

        for (RunningProjector projector : both) {
            RunningProjector.Answer answer = projector
                    .get("/internal/v1/jobs/" + id + "/log?position=" + end + "&wait=10000");
            assertThat(answer.response().body()).isEqualTo("{\"id\":\"" + id + "\",\"lines\":["
                    + line("low") + "," + line("lower") + "],\"dropped\":0}");
            assertThat(projector.get("/internal/v1/jobs/" + id + "/log?attempt=2").json().path("lines")).isEmpty();
        }
    }

    @Test
    void shouldSayWhatWasSubmittedFromEitherOnceTheJobHasEnded() throws Exception {
        JobId id = idFor("again");
        Fact.JobScheduled submitted = Samples.scheduled("demo:prime", Samples.unique("again"),
                Samples.retention(Duration.ofDays(2)));
        CommandPosition start = log.pending(id, submitted);
        for (RunningProjector projector : both) {
            RunningProjector.Answer open = projector.get(submission(id, start));
            assertThat(open.status()).as("%s", open).isEqualTo(409);
            assertThat(open.json().path("type").asText()).isEqualTo("urn:leat:problem:job-not-finished");
        }
        log.event(id, Samples.started());
        CommandPosition end = log.event(id, Samples.failed());

        for (RunningProjector projector : both) {
            RunningProjector.Answer answer = projector.get(submission(id, end));
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            byte[] value = Base64.getDecoder().decode(answer.json().path("record").asText());
            assertThat(log.scheduled(new ConsumerRecord<>(log.topics().pending(), 0, 0, new byte[0], value)))
                    .isEqualTo(submitted);
        }
    }

    private static String submission(JobId id, CommandPosition position) {
        return "/internal/v1/jobs/" + id + "/submission?position=" + position + "&wait=10000";
    }

    private static String line(String message) {
        return "{\"at\":\"2026-03-01T10:00:02Z\",\"level\":\"warn\",\"attempt\":1,\"message\":\"" + message
                + "\",\"fields\":{\"disk\":\"a\"}}";
    }

    @Test
    void shouldLetJobsOfDifferentPartitionsWaitForEachOther() throws Exception {
        List<JobId> awaited = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            awaited.add(youngId());
        }
        JobId waiting = youngId();
        log.lane(waiting, Samples.queued("demo:prime", Instant.now()));
        log.event(waiting, Samples.started());
        CommandPosition wait = log.event(waiting,
                new Fact.AttemptWaiting(1, Samples.CLAIM, awaited, Instant.now()));
        assertThat(both.getFirst().get(path(waiting, wait)).json().path("waitingFor")).hasSize(10);

        for (JobId job : awaited) {
            log.lane(job, Samples.queued("demo:prime", Instant.now()));
            log.event(job, Samples.started());
            log.event(job, Samples.succeeded());
        }

        String lane = log.topics().jobs("demo", Lane.NORMAL);
        await().atMost(SOON).until(() -> log.attempts(lane).getOrDefault(waiting, List.of()), List.of(1, 2)::equals);
        Fact.JobQueued next = log.read(lane).map(log::command).filter(command -> !command.awaited().isEmpty())
                .findFirst().orElseThrow();
        assertThat(next.awaited()).extracting(AwaitedJob::job).containsExactlyElementsOf(awaited);
        assertThat(next.awaited()).extracting(AwaitedJob::result)
                .containsOnly(Optional.of(new Json("{\"count\":168}")));
    }

    @Test
    void shouldAnswerForLogOfUnknownJobAsForTheJob() throws Exception {
        RunningProjector.Answer answer = both.getFirst().get("/internal/v1/jobs/" + Samples.id() + "/log");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:leat:problem:job-not-found");
    }

    @Test
    void shouldForwardNoFurtherThanOneHop() throws Exception {
        JobId id = youngId();
        CommandPosition position = log.lane(id, Samples.queued("demo:prime", Instant.now()));
        List<Integer> statuses = new ArrayList<>();
        for (RunningProjector projector : both) {
            RunningProjector.Answer answer = projector.get(path(id, position), "Leat-Forwarded", "1");
            statuses.add(answer.status());
            if (answer.status() == 503) {
                assertThat(answer.response().headers().firstValue("Retry-After")).contains("1");
                assertThat(answer.json().path("type").asText()).isEqualTo("urn:leat:problem:status-unavailable");
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 503);
    }

    @Test
    void shouldShowOwnWriteAtOnceByPosition() throws Exception {
        for (int i = 0; i < 30; i++) {
            JobId id = youngId();
            CommandPosition submitted = log.lane(id, Samples.queued("demo:prime", Instant.now()));
            assertThat(both.get(i % 2).get(path(id, submitted)).status()).isEqualTo(200);
            CommandPosition started = log.event(id, Samples.started());
            assertThat(both.get((i + 1) % 2).get(path(id, started)).json().path("status").asText())
                    .isEqualTo("running");
            // A fact that changes nothing moves the position as well.
            CommandPosition again = log.event(id, Samples.started());
            assertThat(both.get(i % 2).get(path(id, again)).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldCancelQueuedJobByDecision() throws Exception {
        JobId id = youngId();
        log.lane(id, Samples.queued("demo:prime", Instant.now()));
        log.control(id, new Fact.EndRequested(EndReason.CANCEL, Instant.now()));

        await().atMost(SOON)
                .until(() -> both.getFirst().get("/internal/v1/jobs/" + id).json().path("status").asText(),
                        "cancelled"::equals);
        assertThat(both.getLast().get("/internal/v1/jobs/" + id + "/result").json().path("type").asText())
                .isEqualTo("urn:leat:problem:job-has-no-result");
    }

    @Test
    void shouldWaitUntilKeyedJobIsDecidedFromEither() throws Exception {
        for (int i = 0; i < 10; i++) {
            String key = "key-" + i;
            JobId first = idFor(key);
            JobId second = idFor(key);
            CommandPosition one = log.pending(first, Samples.scheduled(Samples.unique(key)));
            CommandPosition other = log.pending(second, Samples.scheduled(Samples.unique(key)));
            for (RunningProjector projector : both) {
                RunningProjector.Answer rejected = projector.get(path(second, other) + "&until=decided");
                assertThat(rejected.json().path("status").asText()).isEqualTo("rejected");
                assertThat(rejected.json().path("duplicateOf").asText()).isEqualTo(first.toString());
                RunningProjector.Answer admitted = projector.get(path(first, one) + "&until=decided");
                assertThat(admitted.json().path("status").asText()).isIn("scheduled", "queued");
            }
        }
    }

    private JobId idFor(String key) {
        JobId id;
        do {
            id = youngId();
        } while (PartitionOf.job(id, RunningProjector.PARTITIONS) != PartitionOf.key(key,
                RunningProjector.PARTITIONS));
        return id;
    }

    @Test
    void shouldNotWaitForDecisionOnJobWithoutKey() throws Exception {
        JobId id = youngId();
        CommandPosition position = log.pending(id, Samples.scheduled(Samples.runAt(Instant.now().plusSeconds(600))));
        for (RunningProjector projector : both) {
            assertThat(projector.get(path(id, position) + "&until=decided").json().path("status").asText())
                    .isEqualTo("scheduled");
            assertThat(projector.get("/internal/v1/jobs/" + id + "?until=tomorrow").status()).isEqualTo(400);
        }
    }

    @Test
    void shouldWaitForYoungIdAndNotForOld() throws Exception {
        for (RunningProjector projector : both) {
            long start = System.nanoTime();
            RunningProjector.Answer young = projector.get("/internal/v1/jobs/" + youngId());
            assertThat(young.status()).isEqualTo(404);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
            assertThat(young.json().path("type").asText()).isEqualTo("urn:leat:problem:job-not-found");
        }
        RunningProjector.Answer old = both.getFirst()
                .get("/internal/v1/jobs/" + JobId.draw(Instant.now().minusSeconds(60), random));
        assertThat(old.status()).isEqualTo(404);
    }

    @Test
    void shouldAnswerUnfoldedPositionWithUnavailableInBoundedTime() throws Exception {
        JobId id = youngId();
        CommandPosition real = log.lane(youngId(), Samples.queued("demo:prime", Instant.now()));
        int partition = PartitionOf.job(id, RunningProjector.PARTITIONS);
        CommandPosition future = new CommandPosition(real.topic(), partition, real.offset() + 1_000_000);
        for (RunningProjector projector : both) {
            RunningProjector.Answer answer = projector
                    .get("/internal/v1/jobs/" + id + "?position=" + future + "&wait=200");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void shouldMergeAndPageListsNewestFirstWithoutRepeats() throws Exception {
        List<String> expected = new ArrayList<>();
        Instant start = Instant.now();
        JobId last = youngId();
        for (int i = 0; i < 60; i++) {
            last = youngId();
            log.lane(last, Samples.queued("demo:echo", start.plusMillis(i), "paged"));
            expected.addFirst(last.toString());
        }
        await().atMost(SOON).until(() -> page(both.getFirst(), "tag=paged&limit=500").size() == 60);

        for (RunningProjector projector : both) {
            assertThat(walk(projector, "type=demo:echo&tag=paged&limit=7")).isEqualTo(expected);
        }
        assertThat(page(both.getFirst(), "tag=paged&status=running")).isEmpty();
        assertThat(page(both.getFirst(), "tag=paged&plugin=other")).isEmpty();
        JsonNode job = page(both.getLast(), "tag=paged&limit=1").get(0);
        assertThat(job.path("id").asText()).isEqualTo(last.toString());
        assertThat(job.has("params")).isFalse();
    }

    private static JsonNode page(RunningProjector projector, String query) throws Exception {
        return projector.get("/internal/v1/jobs?" + query).json().path("jobs");
    }

    private static List<String> walk(RunningProjector projector, String query) throws Exception {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = projector.get("/internal/v1/jobs?" + query + cursor).json();
            page.path("jobs").forEach(job -> ids.add(job.path("id").asText()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void shouldFindLanesOfNewPluginAndCountItsJobs() throws Exception {
        log.withPlugin("late");
        for (int i = 0; i < 12; i++) {
            log.lane(youngId(), Samples.queued("late:job", Instant.now()));
        }
        JobId rejected = youngId();
        log.lane(rejected, Samples.queued("late:job", Instant.now()));
        log.event(rejected, Samples.rejected());

        for (RunningProjector projector : both) {
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode late = projector.get("/internal/v1/stats").json().path("byPlugin").path("late");
                assertThat(late.path("queued").asInt()).isEqualTo(12);
                assertThat(late.path("rejected").asInt()).isEqualTo(1);
                assertThat(late.path("completed").asInt()).isZero();
                JsonNode lanes = projector.get("/internal/v1/stats").json().path("byLane").path("late");
                assertThat(lanes.at("/normal/queued").asInt()).isEqualTo(12);
                assertThat(lanes.at("/high/queued").asInt(-1)).isZero();
            });
        }
    }

    @Test
    void shouldAddTheLastHourUpFromEither() throws Exception {
        log.withPlugin("hour");
        Instant submitted = Instant.now().minusSeconds(60);
        for (int i = 0; i < 20; i++) {
            JobId id = youngId();
            log.lane(id, Samples.queued("hour:job", submitted));
            if (i < 12) {
                log.event(id, new Fact.AttemptStarted(1, Samples.CLAIM, Samples.WORKER,
                        new CommandPosition("t", 0, 7), Optional.empty(), submitted.plusSeconds(3)));
                log.event(id, new Fact.AttemptSucceeded(1, Samples.CLAIM, new Json("1"), submitted.plusSeconds(5)));
            }
        }

        for (RunningProjector projector : both) {
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode buckets = hour(projector, "plugin=hour&bucket=PT10S");
                assertThat(buckets).hasSize(360);
                assertThat(sum(buckets, "completed")).isEqualTo(12);
                assertThat(sum(buckets, "started")).isEqualTo(12);
                assertThat(buckets.get(359).path("queued").asInt()).isEqualTo(8);
                JsonNode busiest = busiest(buckets);
                assertThat(busiest.at("/wait/p50").asDouble()).isCloseTo(3, Percentage.withPercentage(7));
                assertThat(busiest.at("/run/p99").asDouble()).isCloseTo(2, Percentage.withPercentage(7));
            });
            assertThat(sum(hour(projector, "plugin=other"), "started")).isZero();
            assertThat(sum(hour(projector, "bucket=PT1M"), "completed")).isGreaterThanOrEqualTo(12);
            assertThat(projector.get("/internal/v1/stats/history?bucket=PT2M").status()).isEqualTo(400);
        }
    }

    private static JsonNode hour(RunningProjector projector, String query) throws Exception {
        return projector.get("/internal/v1/stats/history?" + query).json().path("buckets");
    }

    private static int sum(JsonNode buckets, String member) {
        return buckets.findValues(member).stream().mapToInt(JsonNode::asInt).sum();
    }

    private static JsonNode busiest(JsonNode buckets) {
        return StreamSupport.stream(buckets.spliterator(), false)
                .max(Comparator.comparingInt(bucket -> bucket.path("completed").asInt()))
                .orElseThrow();
    }

    @Test
    void shouldRefuseWrongParametersByName() throws Exception {
        for (String wrong : List.of("status=done", "limit=0", "limit=501", "cursor=!!", "cursor=YWJj")) {
            RunningProjector.Answer answer = both.getFirst().get("/internal/v1/jobs?" + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.json().path("parameter").asText()).isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
        assertThat(both.getFirst().get("/internal/v1/jobs/NOT-AN-ID").status()).isEqualTo(400);
    }
}
