package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Submission;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.schemas.DeadLetter;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Records that no worker can use, and that their partition goes on behind them. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
class PoisonTest {

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final Map<String, ConsumerRecord<byte[], byte[]>> deadLetters = new ConcurrentHashMap<>();
    private final KafkaCluster cluster;

    PoisonTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void shouldBuryWhatCannotBeDecodedAndGoOn() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            String lane = rig.topics().jobs("test", Lane.NORMAL);
            byte[] key = key();
            byte[] foreign = rig.codecs().control().encode(rig.topics().control(),
                    new Fact.EndRequested(EndReason.CANCEL, Instant.now()));

            rig.send(lane, key, "no Avro".getBytes(UTF_8));
            rig.send(lane, key(), foreign);
            rig.send(lane, key(), new byte[0]);
            rig.send(lane, key(), null);
            rig.send(lane, null, new byte[]{0});
            rig.send(lane, new byte[]{(byte) 0xff, (byte) 0xfe}, new byte[]{0});
            rig.send(lane, "not-a-job-id".getBytes(UTF_8), new byte[]{0});
            rig.startWorker();

            await().until(() -> deadLetters.size() == 7);
            rig.awaitAllCommitted();
            assertThat(deadLetters.values()).extracting(letter -> header(letter, DeadLetter.REASON))
                    .containsExactlyInAnyOrder("undecodable-value", "undecodable-value", "undecodable-value",
                            "undecodable-value", "undecodable-key", "undecodable-key", "undecodable-key");
            assertThat(deadLetters.values()).anySatisfy(letter -> {
                assertThat(letter.key()).isEqualTo(key);
                assertThat(letter.value()).isEqualTo("no Avro".getBytes(UTF_8));
                assertThat(header(letter, DeadLetter.ORIGIN)).startsWith(lane);
                assertThat(header(letter, DeadLetter.WRITTEN_BY)).startsWith("worker ");
            });
            JobId after = rig.submit("test:noop", "{}", Lane.NORMAL);
            rig.awaitJob(after, job -> job.state() == JobState.COMPLETED);
        }
    }

    @Test
    void shouldBuryWhatStandsOnAPartitionWhereNoProjectorWouldShowIt() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            String lane = rig.topics().jobs("test", Lane.NORMAL);
            JobId job = WorkerRig.newId();
            int elsewhere = (PartitionOf.job(job, WorkerRig.PARTITIONS) + 1) % WorkerRig.PARTITIONS;
            rig.startWorker();

            rig.send(lane, elsewhere, job.toString().getBytes(UTF_8), rig.codecs()
                    .commands()
                    .encode(lane, Fact.JobQueued.first(Submission.plain(JobTypeName.parse("test:noop"), Lane.NORMAL,
                            new Json("{}"), List.of(), Instant.now()))));

            await().until(() -> deadLetters.size() == 1);
            rig.awaitAllCommitted();
            assertThat(deadLetters.values()).extracting(letter -> header(letter, DeadLetter.REASON))
                    .containsExactly("wrong-partition");
        }
    }

    @Test
    void shouldRejectUnknownTypeWithTheNearestName() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            rig.startWorker();

            JobError error = rejected(rig, "test:sleeep", "{}");

            assertThat(error.code()).isEqualTo("unknown-type");
            assertThat(error.message()).contains("test:sleeep").contains("\"test:sleep\"");
        }
    }

    @Test
    void shouldRejectInvalidParamsAndNameEachWrongField() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            rig.startWorker();

            assertThat(rejected(rig, "test:sleep", "{\"millis\":-1,\"seconds\":2}")).satisfies(error -> {
                assertThat(error.code()).isEqualTo("invalid-params");
                assertThat(error.message()).contains("/millis").contains("seconds");
            });
            assertThat(rejected(rig, "test:progress", "{}").message()).contains("reports");
            assertThat(rejected(rig, "test:noop", "{").code()).isEqualTo("invalid-params");
            assertThat(plugin.starts()).isEmpty();
        }
    }

    @Test
    void shouldRunSecondCopyOfCommandOnce() throws InterruptedException {
        try (WorkerRig rig = rig()) {
            JobId job = WorkerRig.newId();
            rig.sendCommand(job, "test:noop", "{}", Lane.NORMAL);
            rig.sendCommand(job, "test:noop", "{}", Lane.NORMAL);
            rig.startWorker();
            rig.awaitJob(job, ended -> ended.state() == JobState.COMPLETED);
            rig.sendCommand(job, "test:noop", "{}", Lane.NORMAL);
            rig.submit("test:noop", "{}", Lane.NORMAL);

            rig.awaitAllCommitted();

            assertThat(plugin.starts()).containsEntry(job, 1);
        }
    }

    private static JobError rejected(WorkerRig rig, String type, String params) {
        JobId id = rig.submit(type, params, Lane.NORMAL);
        Job job = rig.awaitJob(id, ended -> ended.state().isTerminal());
        assertThat(job.state()).isEqualTo(JobState.REJECTED);
        return job.outcome().flatMap(Job.Outcome::error).orElseThrow();
    }

    private static byte[] key() {
        return WorkerRig.newId().toString().getBytes(UTF_8);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private WorkerRig rig() throws InterruptedException {
        WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of(), plugin);
        rig.tail(rig.topics().deadLetter(),
                letter -> deadLetters.put(letter.partition() + "@" + letter.offset(), letter));
        return rig;
    }
}
