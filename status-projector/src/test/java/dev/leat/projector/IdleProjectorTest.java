package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import dev.leat.domain.JobId;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What a projector costs while there is nothing to do. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(180)
@Isolated("Other groups of the broker commit to the same topic")
class IdleProjectorTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void shouldWriteNothingWhileThereIsNothingToDo(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        String prefix = cluster.newPrefix();
        try (FactLog log = new FactLog(RunningProjector.settings(cluster, prefix, Map.of()), prefix)
                .withPlugin("demo"); RunningProjector projector = RunningProjector.start(cluster, prefix, folder)) {
            projector.awaitReady();
            JobId queued = JobId.draw(Instant.now(), new Random(19));
            log.lane(queued, Samples.queued("demo:prime", Instant.now()));
            await().atMost(SOON)
                    .until(() -> projector.get("/internal/v1/jobs/" + queued).json().path("status").asText(),
                            "queued"::equals);
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

            Map<String, Long> before = log.writtenByProjectors();
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

            assertThat(before).hasSizeGreaterThanOrEqualTo(6);
            assertThat(log.writtenByProjectors()).isEqualTo(before);
        }
    }
}
