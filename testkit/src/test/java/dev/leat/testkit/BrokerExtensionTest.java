package dev.leat.testkit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
class BrokerExtensionTest {

    private final KafkaCluster cluster;

    BrokerExtensionTest(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void shouldGiveTheSameBrokerToEveryOneWhoAsks(KafkaCluster again) {
        assertThat(again).isSameAs(cluster);
    }

    @Test
    void shouldGiveEveryCallerItsOwnPrefix() throws Exception {
        String first = cluster.newPrefix();
        String second = cluster.newPrefix();

        createTopic(cluster.bootstrapServers(), first + "topic");
        createTopic(cluster.bootstrapServers(), second + "topic");

        assertThat(topics(cluster.bootstrapServers())).contains(first + "topic", second + "topic");
    }

    @Test
    void shouldServeSchemasBesideTheBroker() throws Exception {
        URI subjects = URI.create(cluster.schemaRegistryUrl() + "/subjects");

        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(subjects).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldBringAStoppedBrokerBackWithItsTopicsAtTheSameAddress() throws Exception {
        try (RestartableBroker broker = RestartableBroker.start()) {
            String address = broker.bootstrapServers();
            createTopic(address, "kept");

            broker.stop();
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThatThrownBy(() -> topics(address)).isInstanceOf(ExecutionException.class);

            broker.restart();
            assertThat(topics(address)).containsExactly("kept");
        }
    }

    private static void createTopic(String bootstrapServers, String topic)
            throws InterruptedException, ExecutionException {
        try (Admin admin = admin(bootstrapServers)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static Iterable<String> topics(String bootstrapServers) throws InterruptedException, ExecutionException {
        try (Admin admin = admin(bootstrapServers)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", 3000, "request.timeout.ms", 2000));
    }
}
