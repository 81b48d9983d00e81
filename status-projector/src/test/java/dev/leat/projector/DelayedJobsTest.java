package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.JobId;
import dev.leat.domain.Lane;
import dev.leat.projector.topology.ProjectorCounters;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Very many jobs that are due in the same second. The figures are printed; the bounds hold on a slow machine, too. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(300)
class DelayedJobsTest {

    private static final int JOBS = 100_000;
    private static final Duration WRITING = Duration.ofSeconds(45);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final FactLog log;
    private final RunningProjector projector;
    private final Random random = new Random(17);
    private final String lane;

    DelayedJobsTest(KafkaCluster cluster, @TempDir Path folder) throws InterruptedException {
        String prefix = cluster.newPrefix();
        log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix).withPlugin("demo");
        lane = log.topics().jobs("demo", Lane.NORMAL);
        projector = RunningProjector.start(cluster, prefix, folder);
    }

    @AfterEach
    void stop() {
        projector.close();
        log.close();
    }

    @Test
    void shouldQueueAllSoonAfterTheirTimeAndFoldFactsMeanwhile() throws Exception {
        projector.awaitReady();
        ProjectorCounters counters = projector.projector().counters();
        Instant due = Instant.now().plus(WRITING);
        for (int i = 0; i < JOBS; i++) {
            log.pendingLater(JobId.draw(Instant.now(), random),
                    Samples.scheduled(Samples.runAt(due.plusMillis(i % 1_000))));
        }
        log.flush();
        await().atMost(LONG).until(() -> counters.changed() >= JOBS);
        System.out.printf("Folded %,d delayed jobs %.1f s before they are due%n", JOBS,
                Duration.between(Instant.now(), due).toMillis() / 1e3);

        await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> counters.queued() > 1_000);
        long start = System.nanoTime();
        JobId other = JobId.draw(Instant.now(), random);
        log.lane(other, Samples.queued("demo:prime", Instant.now()));
        await().atMost(LONG).pollInterval(Duration.ofMillis(10))
                .until(() -> projector.get("/internal/v1/jobs/" + other).status() == 200);
        long answered = System.nanoTime() - start;
        await().atMost(LONG).until(() -> counters.queued() >= JOBS);

        // What has been counted is seen in the lane with the next commit.
        LongSummaryStatistics late = await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> lateness(due, other), times -> times.getCount() >= JOBS);
        System.out.printf("Due at once: %,d jobs. Late: first %d ms, last %d ms. Longest piece of due work: %d ms."
                + " A job that came meanwhile was shown after %d ms%n", JOBS, late.getMin(), late.getMax(),
                counters.longestDueWork().toMillis(), answered / 1_000_000);
        assertThat(late.getCount()).isEqualTo(JOBS);
        assertThat(late.getMin()).isNotNegative();
    }

    /** How long after its own time each command was written; each of them once. */
    private LongSummaryStatistics lateness(Instant due, JobId except) {
        Map<String, Long> times = new HashMap<>();
        log.read(lane).forEach(command -> {
            String id = new String(command.key(), StandardCharsets.UTF_8);
            if (!id.equals(except.toString())) {
                assertThat(times.put(id, command.timestamp() - runAt(command).toEpochMilli())).as(id).isNull();
            }
        });
        assertThat(due).isBefore(Instant.now());
        return times.values().stream().mapToLong(Long::longValue).summaryStatistics();
    }

    private Instant runAt(ConsumerRecord<byte[], byte[]> command) {
        return log.command(command).submission().terms().runAt().orElseThrow();
    }
}
