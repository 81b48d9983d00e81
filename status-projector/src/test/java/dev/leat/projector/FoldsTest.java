package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Jobs for those who fold on from them, with how far their facts are in them. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(240)
class FoldsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final KafkaCluster cluster;
    private final String prefix;
    private final Settings settings;
    private final Codecs codecs;

    FoldsTest(KafkaCluster cluster) {
        this.cluster = cluster;
        prefix = cluster.newPrefix();
        settings = RunningProjector.settings(cluster, prefix, Map.of());
        codecs = ConfiguredCodecs.of(settings, new Topics(prefix), Duration.ofSeconds(10));
    }

    private static String folds(JobId... ids) {
        return "/internal/v1/partitions/" + partition(ids[0]) + "/folds?ids="
                + String.join(",", List.of(ids).stream().map(JobId::toString).toList());
    }

    private static int partition(JobId id) {
        return PartitionOf.job(id, RunningProjector.PARTITIONS);
    }

    private static long next(RunningProjector.Answer answer, CommandPosition position) {
        return answer.json().path("next").path(position.topic()).asLong();
    }

    private Job job(RunningProjector.Answer answer, JobId id) {
        String fold = answer.json().path("jobs").path(id.toString()).path("fold").asText();
        return codecs.jobs().decode("any", Base64.getDecoder().decode(fold)).orElseThrow();
    }

    @Test
    void shouldGiveJobsWithTheOffsetsBelowWhichAllFactsAreInThem(@TempDir Path folder) throws Exception {
        // given
        JobId id = JobId.draw(Instant.EPOCH, new Random(3));
        try (FactLog log = new FactLog(settings, prefix).withPlugin("demo");
                RunningProjector one = RunningProjector.start(cluster, prefix, folder.resolve("one"));
                RunningProjector two = RunningProjector.start(cluster, prefix, folder.resolve("two"))) {
            one.awaitReady();
            two.awaitReady();
            log.beat(Samples.WORKER, Duration.ofHours(1));
            CommandPosition command = log.lane(id, Samples.queued());
            CommandPosition start = log.event(id, Samples.started());

            for (RunningProjector projector : List.of(one, two)) {
                // when
                RunningProjector.Answer answer = await().atMost(SOON)
                        .until(() -> projector.get(folds(id)), found -> next(found, start) > start.offset());

                // then
                assertThat(answer.status()).isEqualTo(200);
                assertThat(next(answer, command)).isEqualTo(command.offset() + 1);
                Job job = job(answer, id);
                assertThat(job.state()).isEqualTo(JobState.RUNNING);
                assertThat(job.currentClaim().orElseThrow().id()).isEqualTo(Samples.CLAIM);
                assertThat(job.submission().orElseThrow().params().value()).isEqualTo("null");
                assertThat(answer.json().at("/jobs/" + id + "/view/status").asText()).isEqualTo("running");
            }
            JobId unknown = JobId.draw(Instant.EPOCH, new Random(4));
            assertThat(one.get(folds(unknown)).json().path("jobs")).isEmpty();
            assertThat(one.get("/internal/v1/partitions/99/folds").status()).isEqualTo(400);
            assertThat(one.get("/internal/v1/partitions/" + (partition(id) + 1) % 4 + "/folds?ids=" + id).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldKnowHowFarItsPredecessorHasFolded(@TempDir Path folder) throws Exception {
        // given
        JobId id = JobId.draw(Instant.EPOCH, new Random(5));
        CommandPosition command;
        try (FactLog log = new FactLog(settings, prefix).withPlugin("demo");
                RunningProjector first = RunningProjector.start(cluster, prefix, folder)) {
            first.awaitReady();
            command = log.lane(id, Samples.queued());
            await().atMost(SOON).until(() -> next(first.get(folds(id)), command) > command.offset());
        }

        // when
        try (RunningProjector second = RunningProjector.start(cluster, prefix, folder)) {
            second.awaitReady();

            // then
            RunningProjector.Answer answer = second.get(folds(id));
            assertThat(next(answer, command)).isGreaterThan(command.offset());
            assertThat(job(answer, id).state()).isEqualTo(JobState.QUEUED);
        }
    }
}
