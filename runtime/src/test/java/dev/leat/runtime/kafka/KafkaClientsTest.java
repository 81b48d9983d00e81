package dev.leat.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaClientsTest {

    private static final ProducerProfile PROFILE = new ProducerProfile("mill", Duration.ofMillis(1),
            Duration.ofSeconds(2));

    @Test
    void shouldMakeProducersThatLoseNothing() {
        Map<String, Object> properties = clients().producerProperties(PROFILE);

        assertThat(properties).containsEntry("bootstrap.servers", "one:1,two:2")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("linger.ms", 1L)
                .containsEntry("max.block.ms", 2000L)
                .containsEntry("delivery.timeout.ms", 2000)
                .containsEntry("request.timeout.ms", 1999);
        assertThat((String) properties.get("client.id")).matches("leat-mill-\\d+");
    }

    @Test
    void shouldMakeConsumersThatSeeWhatIsCommittedAndNeverCommit() {
        assertThat(clients().consumerProperties("mill")).containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "earliest")
                .doesNotContainKey("group.id");
    }

    @Test
    void shouldPassOnPropertiesToClientsThatKnowThem() {
        KafkaClients clients = clients("leat.kafka.compression.type", "zstd", "leat.kafka.fetch.max.wait.ms", "7",
                "leat.kafka.security.protocol", "SSL", "leat.kafka.my.interceptor.url", "x", "leat.kafka.max.block.ms",
                "9");

        assertThat(clients.producerProperties(PROFILE)).containsEntry("compression.type", "zstd")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("my.interceptor.url", "x")
                .containsEntry("max.block.ms", "9")
                .doesNotContainKey("fetch.max.wait.ms");
        assertThat(clients.consumerProperties("mill")).containsEntry("fetch.max.wait.ms", "7")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("compression.type");
        assertThat(clients.adminProperties("mill")).containsEntry("security.protocol", "SSL")
                .doesNotContainKeys("compression.type", "fetch.max.wait.ms");
        assertThat(clients.streamsProperties()).containsEntry("bootstrap.servers", "one:1,two:2")
                .containsEntry("compression.type", "zstd");
    }

    @Test
    void shouldGiveEachClientAnIdOfItsOwn() {
        KafkaClients clients = clients();

        assertThat(clients.consumerProperties("mill").get("client.id"))
                .isNotEqualTo(clients.consumerProperties("mill").get("client.id"));
    }

    @Test
    void shouldRefuseAPatienceThatLeavesNoTimeToSend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProducerProfile("mill", Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .withMessageContaining("producer mill");
    }

    @Test
    @Timeout(20)
    void shouldFailInSecondsWithoutBroker() throws IOException {
        KafkaClients clients = new KafkaClients(TestSettings.of("127.0.0.1:" + closedPort(), "t."));
        long start = System.nanoTime();

        try (Producer<byte[], byte[]> producer = clients.producer(PROFILE)) {
            assertThat(producer.send(new ProducerRecord<>("events", new byte[0]))).failsWithin(1, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("not present in metadata after 2000 ms");
            producer.close(Duration.ZERO);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    /** A port that was free a moment ago; nobody listens on it. */
    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static KafkaClients clients(String... more) {
        String[] all = new String[more.length];
        System.arraycopy(more, 0, all, 0, more.length);
        return new KafkaClients(TestSettings.of("one:1, two:2", "t.", all));
    }
}
