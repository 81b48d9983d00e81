package dev.leat.worker.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.WorkerRig;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(60)
class HeartbeatTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final WorkerId worker = new WorkerId("worker-1");
    private final BlockingQueue<Long> written = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();

    @Test
    void shouldTellTheLeaseWhenABeatWasSentAndNotWhenKafkaTookIt(KafkaCluster cluster) throws InterruptedException {
        try (WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(),
                cluster.newPrefix(), Map.of());
                Heartbeat heartbeat = new Heartbeat(worker, rig.topics(), rig.codecs(),
                        rig.clients().producer(new ProducerProfile("test", Duration.ZERO, Duration.ofSeconds(20))),
                        this::beat, acknowledged::add)) {
            long start = System.nanoTime();

            heartbeat.start(Duration.ofMinutes(1));

            long told = take(acknowledged);
            assertThat(told - start).isNotNegative();
            assertThat(told - take(written)).as("sent after it was written down").isNotPositive();
        }
    }

    private WorkerHeartbeat beat(long sequence) {
        written.add(System.nanoTime());
        return new WorkerHeartbeat(worker, sequence, Instant.EPOCH, Instant.EPOCH, "host", "1", List.of(), 8, 8, 0,
                List.of(), LEASE);
    }

    private static long take(BlockingQueue<Long> times) throws InterruptedException {
        return Objects.requireNonNull(times.poll(1, TimeUnit.MINUTES), "within a minute");
    }
}
