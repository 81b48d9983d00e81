package dev.leat.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.JobId;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(60)
class PartitionOfTest {

    @Test
    void shouldAgreeWithARealProducer(KafkaCluster cluster) throws Exception {
        Topics topics = new Topics(cluster.newPrefix());
        Settings settings = TestSettings.of(cluster.bootstrapServers(), topics.prefix());
        KafkaClients clients = new KafkaClients(settings);
        int partitions = new TopicProvisioner(clients, settings).provision(List.of());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (Producer<byte[], byte[]> producer = clients
                .producer(new ProducerProfile("test", Duration.ofMillis(1), Duration.ofSeconds(10)))) {
            List<JobId> ids = new ArrayList<>();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                JobId id = JobId.draw(Instant.now(), random);
                ids.add(id);
                sent.add(producer.send(
                        new ProducerRecord<>(topics.events(), id.toString().getBytes(StandardCharsets.UTF_8),
                                new byte[0])));
            }
            for (int i = 0; i < ids.size(); i++) {
                assertThat(PartitionOf.job(ids.get(i), partitions)).as("seed %d, job %s", seed, ids.get(i))
                        .isEqualTo(sent.get(i).get().partition());
            }
        }
    }
}
