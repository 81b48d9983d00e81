package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Batches that handlers ask for, as they reach a real broker. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnqueueBatchTest {

    private final WorkerRig rig;
    private final List<Ordered> ordered = new CopyOnWriteArrayList<>();

    private record Ordered(BatchId batch, BatchOrder order) {}

    EnqueueBatchTest(KafkaCluster cluster) throws InterruptedException {
        rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(), Map.of(),
                new RecordingPlugin("test"));
        rig.tail(rig.topics().batchOrders(),
                source -> ordered.add(new Ordered(BatchId.parse(new String(source.key(), UTF_8)),
                        rig.codecs().batchOrders().decode(source.topic(), source.value()).orElseThrow())));
        rig.startWorker();
    }

    @AfterAll
    void close() {
        rig.close();
    }

    private List<BatchOrder> orders(BatchId batch) {
        return ordered.stream().filter(one -> one.batch().equals(batch)).map(Ordered::order).toList();
    }

    @Test
    void shouldOrderTheBatchOnBehalfOfItsJob() {
        JobId parent = rig.submit("test:batcher", "{\"key\":\"a\",\"size\":3}", Lane.NORMAL);
        Job done = rig.awaitJob(parent, job -> job.state().isTerminal());

        BatchId batch = BatchId.ofJob(parent, "a");
        assertThat(done.outcome().flatMap(Job.Outcome::result)).contains(new Json("{\"id\":\"" + batch + "\"}"));
        await().until(() -> !orders(batch).isEmpty());
        assertThat(orders(batch)).singleElement().isInstanceOfSatisfying(BatchOrder.Place.class, order -> {
            assertThat(order.origin()).contains(new Origin(Origin.Kind.JOB, parent.toString(), 0));
            assertThat(order.content()).isEqualTo(new BatchOrder.Content.Written(new Json(
                    "{\"options\":{\"onFailure\":\"stop\",\"concurrency\":2},\"operations\":[{\"type\":\"other:job\","
                            + "\"params\":{\"text\":\"xxx\"}}]}")));
        });
    }

    @Test
    void shouldOrderTheSameBatchWhereAnAttemptIsRepeated() {
        JobId parent = rig.submit("test:batcher", "{\"key\":\"b\",\"fails\":true}", Lane.NORMAL);
        Job first = rig.awaitJob(parent, job -> job.state() == JobState.RETRYING);
        rig.sendCommand(parent, new Fact.JobQueued(2, 1, first.submission().orElseThrow()));
        rig.awaitJob(parent, job -> job.attempt() == 3);

        await().until(() -> orders(BatchId.ofJob(parent, "b")).size() == 2);
    }

    @Test
    void shouldRefuseABatchThatIsTooLarge() {
        JobId parent = rig.submit("test:batcher", "{\"key\":\"c\",\"size\":900000}", Lane.NORMAL);

        rig.awaitJob(parent, job -> job.state() == JobState.RETRYING);

        assertThat(rig.facts(parent).getLast()).isInstanceOfSatisfying(Fact.AttemptFailed.class,
                failed -> assertThat(failed.error().message()).contains("to make a record of at most 900000 bytes"));
        assertThat(orders(BatchId.ofJob(parent, "c"))).isEmpty();
    }
}
