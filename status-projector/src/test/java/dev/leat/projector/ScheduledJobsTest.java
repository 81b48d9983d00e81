package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.guarantees.FiredOncePerDueTime;
import dev.leat.testkit.guarantees.History;
import dev.leat.testkit.guarantees.History.RecordedFact;
import dev.leat.testkit.guarantees.Observations;

/** Schedules on a real broker: each due time is fired once, whoever is killed. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(180)
class ScheduledJobsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** In every partition there are some. */
    private static final int SCHEDULES = 12;

    private final KafkaCluster cluster;
    private final String prefix;
    private final FactLog log;
    private final Path folder;

    ScheduledJobsTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
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

    private static ScheduleRevision everySecond(String id, Overlap overlap) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return ScheduleRevision.first(new ScheduleId(id), "made", now,
                new ScheduleSpec(new Cadence.Interval(Duration.ofSeconds(1), Duration.ZERO),
                        new JobTemplate(JobTypeName.parse("demo:echo"), Lane.NORMAL, new Json("{}"), List.of(),
                                PolicyOverrides.NONE),
                        overlap, CatchUp.DEFAULT, Duration.ZERO, false));
    }

    private static JsonNode show(RunningProjector projector, String pathAndQuery) throws Exception {
        return projector.get("/internal/v1/schedules" + pathAndQuery).json();
    }

    private List<RecordedFact> submitted() {
        return log.read(log.topics().pending())
                .map(command -> new RecordedFact(JobId.parse(new String(command.key(), StandardCharsets.UTF_8)),
                        log.scheduled(command)))
                .toList();
    }

    private static Set<Instant> due(ScheduleRevision made, Instant until) {
        Set<Instant> due = new LinkedHashSet<>();
        Instant next = made.spec().cadence().after(made.createdAt()).orElseThrow();
        while (!next.isAfter(until)) {
            due.add(next);
            next = made.spec().cadence().after(next).orElseThrow();
        }
        return due;
    }

    @Test
    @Tag("process")
    void shouldFireEachSecondOnceThoughAProjectorIsKilled() throws Exception {
        Process other = ProjectorProcess.start(cluster, prefix, folder.resolve("two"));
        try (RunningProjector stays = start("one").awaitReady()) {
            await().atMost(SOON).until(() -> show(stays, "").has("schedules"));
            List<ScheduleRevision> made = new ArrayList<>();
            for (int i = 0; i < SCHEDULES; i++) {
                ScheduleRevision schedule = everySecond("schedule-" + i, Overlap.ALLOW);
                log.schedule(schedule);
                made.add(schedule);
            }
            await().atMost(SOON).until(() -> submitted().size() >= 5 * SCHEDULES);

            other.destroyForcibly();
            Instant killed = Instant.now();
            await().atMost(SOON)
                    .until(() -> haveFiredAfter(stays, made, killed));
            Map<String, Set<Instant>> due = new HashMap<>();
            for (ScheduleRevision schedule : made) {
                Instant end = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                log.schedule(schedule.changed(schedule.spec().withPaused(true), "pause", end));
                due.put(schedule.id().value(), due(schedule, end));
            }
            for (ScheduleRevision schedule : made) {
                assertThat(show(stays, "/" + schedule.id() + "?version=2").path("paused").asBoolean()).isTrue();
            }

            await().atMost(SOON).untilAsserted(() -> {
                History history = new History(Set.of(), submitted(), Map.of(),
                        new Observations(List.of(), List.of(), Set.of(), Map.of(), due, Instant.MIN));
                assertThat(new FiredOncePerDueTime().violations(history)).isEmpty();
                assertThat(history.facts()).as("nothing is written twice")
                        .hasSize(due.values().stream().mapToInt(Set::size).sum());
            });
        } finally {
            other.destroyForcibly();
        }
    }

    private static boolean haveFiredAfter(RunningProjector projector, List<ScheduleRevision> schedules, Instant time)
            throws Exception {
        for (ScheduleRevision schedule : schedules) {
            JsonNode last = show(projector, "/" + schedule.id()).path("lastFirings").path(0);
            if (!last.has("decidedAt")
                    || !Instant.parse(last.path("decidedAt").asText()).isAfter(time.plusSeconds(1))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldShowWhatHasBeenFiredAndHearHowItEnded() throws Exception {
        try (RunningProjector projector = start("one").awaitReady()) {
            ScheduleRevision made = everySecond("tick", Overlap.SKIP);
            log.schedule(made);
            await().atMost(SOON).until(() -> show(projector, "/tick").path("lastFirings").size() > 1);

            JsonNode schedule = show(projector, "/tick");
            assertThat(schedule.path("every").asText()).isEqualTo("PT1S");
            assertThat(schedule.path("nextFirings")).hasSize(5);
            JsonNode first = schedule.path("lastFirings").path(schedule.path("lastFirings").size() - 1);
            JobId job = JobId.parse(first.path("jobId").asText());
            assertThat(schedule.path("lastFirings").path(0).path("skipped").asText()).isEqualTo("overlap");
            await().atMost(SOON).until(() -> projector.get("/internal/v1/jobs/" + job).status() == 200);

            log.event(job, Samples.started());
            log.event(job, Samples.succeeded());

            await().atMost(SOON).until(() -> firedJobs(show(projector, "/tick")).size() > 1);
            assertThat(show(projector, "").path("schedules")).hasSize(1);
            assertThat(projector.get("/internal/v1/schedules/none").status()).isEqualTo(404);
            assertThat(projector.get("/internal/v1/schedules/No").status()).isEqualTo(400);
        }
    }

    @Test
    void shouldListSchedulesByIdInPages() throws Exception {
        try (RunningProjector projector = start("one").awaitReady()) {
            List<String> ids = List.of("a", "a-1", "a.1", "a1", "b", "c");
            ids.reversed().forEach(id -> log.schedule(everySecond(id, Overlap.SKIP)));
            await().atMost(SOON).until(() -> show(projector, "").path("schedules").size() == ids.size());

            assertThat(walk(projector, 4)).isEqualTo(ids);
            assertThat(walk(projector, 1)).isEqualTo(ids);
            assertThat(walk(projector, 6)).isEqualTo(ids);
            assertThat(projector.get("/internal/v1/schedules?limit=0").status()).isEqualTo(400);
            assertThat(projector.get("/internal/v1/schedules?cursor=!!").status()).isEqualTo(400);
        }
    }

    private static List<String> walk(RunningProjector projector, int limit) throws Exception {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = show(projector, "?limit=" + limit + cursor);
            assertThat(page.path("schedules").size()).isBetween(1, limit);
            page.path("schedules").forEach(schedule -> ids.add(schedule.path("id").asText()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static Set<String> firedJobs(JsonNode schedule) {
        Set<String> jobs = new LinkedHashSet<>();
        schedule.path("lastFirings").forEach(firing -> {
            if (firing.has("jobId")) {
                jobs.add(firing.path("jobId").asText());
            }
        });
        return jobs;
    }
}
