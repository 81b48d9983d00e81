package dev.leat.submit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Lane;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiUnderTest;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class DeadLetterTopicTest {

    private final Topics topics;
    private final KafkaClients clients;
    private final Producer<byte[], byte[]> producer;

    DeadLetterTopicTest(KafkaCluster cluster) throws InterruptedException {
        Settings settings = ApiUnderTest.settings(Map.of("leat.bootstrap.servers", cluster.bootstrapServers(),
                "leat.topic.prefix", cluster.newPrefix()));
        topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        clients = new KafkaClients(settings);
        int _ = new TopicProvisioner(clients, settings).provision(List.of());
        producer = clients.producer(
                new ProducerProfile("dead-letter-topic-test", Duration.ofMillis(5), Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        producer.close(Duration.ofSeconds(5));
    }

    @Test
    void shouldCatchUpOnlyWhenAllThatIsWrittenIsTakenIn() throws Exception {
        // given: a reader that is held up at the second record
        CountDownLatch met = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (DeadLetterTopic topic = new DeadLetterTopic(clients, topics, rawRecord -> {
            if (new String(rawRecord.value(), UTF_8).equals("two")) {
                met.countDown();
                awaitUninterrupted(release);
            }
        })) {
            write("one");
            topic.start();
            await().ignoreExceptions().untilAsserted(topic::requireLoaded);
            topic.catchUp();

            // when
            write("two");
            assertThat(met.await(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Boolean> caughtUp = CompletableFuture.supplyAsync(() -> {
                try {
                    topic.catchUp();
                    return true;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            // then
            await().during(Duration.ofMillis(500)).until(() -> !caughtUp.isDone());
            release.countDown();
            assertThat(caughtUp.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            release.countDown();
        }
    }

    @Test
    void shouldSayThatItHasNotReadYet() {
        try (DeadLetterTopic topic = new DeadLetterTopic(clients, topics, _ -> {})) {
            assertThatThrownBy(topic::requireLoaded).isInstanceOfSatisfying(ProblemException.class,
                    e -> assertThat(e.problem().type()).hasToString("urn:leat:problem:dead-letters-not-loaded"));
        }
    }

    @Test
    void shouldReadRecordsThatStandFarApartAndMissThoseThatDoNotExist() throws Exception {
        // given: all on one partition, as they have one key
        RecordMetadata first = write("0");
        for (int i = 1; i < 3_000; i++) {
            var _ = producer.send(record(Integer.toString(i)));
        }
        producer.flush();
        int partition = first.partition();
        try (DeadLetterTopic topic = new DeadLetterTopic(clients, topics, _ -> {})) {
            // when
            Map<DeadLetterId, ConsumerRecord<byte[], byte[]>> found = topic
                    .read(Stream.of(2_999L, 0L, 1_500L, 7L, 3_000L, 1L << 40)
                            .map(offset -> new DeadLetterId(partition, offset))
                            .toList());

            // then
            assertThat(found.keySet()).extracting(DeadLetterId::offset)
                    .containsExactlyInAnyOrder(0L, 7L, 1_500L, 2_999L);
            found.forEach((id, content) -> assertThat(new String(content.value(), UTF_8))
                    .isEqualTo(Long.toString(id.offset())));
            assertThat(topic.read(List.of(new DeadLetterId((partition + 1) % 4, 0), new DeadLetterId(99, 0))))
                    .isEmpty();
            assertThat(topic.read(List.of())).isEmpty();
        }
    }

    @Test
    void shouldTellTheTopicsThatExist() throws Exception {
        try (DeadLetterTopic topic = new DeadLetterTopic(clients, topics, _ -> {})) {
            assertThat(topic.existing(Set.of(topics.events(), topics.jobs("nobody", Lane.HIGH))))
                    .containsExactly(topics.events());
        }
    }

    private RecordMetadata write(String value) throws Exception {
        return producer.send(record(value)).get();
    }

    private ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(topics.deadLetter(), "key".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
