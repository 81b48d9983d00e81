package dev.leat.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Lane;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(60)
class LaneCheckTest {

    private final Topics topics;
    private final Settings settings;

    LaneCheckTest(KafkaCluster cluster) {
        topics = new Topics(cluster.newPrefix());
        settings = TestSettings.of(cluster.bootstrapServers(), topics.prefix());
    }

    @Test
    void shouldNameEachLaneWithAnotherNumberOfPartitions() throws Exception {
        make(topics.jobs("fine", Lane.HIGH), 2);
        make(topics.jobs("odd", Lane.LOW), 3);
        make(topics.prefix() + "not-a-lane", 1);
        LaneCheck check = new LaneCheck(new KafkaClients(settings), settings);

        assertThatExceptionOfType(TopicSetupException.class).isThrownBy(() -> check.requirePartitions(2))
                .withMessageContaining("to have 2 partitions, as the other topics of Leat have, but "
                        + topics.jobs("odd", Lane.LOW) + " has 3. ");
    }

    private void make(String topic, int partitions) throws Exception {
        try (Admin admin = new KafkaClients(settings).admin("test")) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()))).all().get();
        }
    }

    @Test
    void shouldGiveUpAfterTheStartupTimeoutWithoutBroker() throws IOException {
        String nobody = "127.0.0.1:" + KafkaClientsTest.closedPort();
        Settings alone = TestSettings.of(nobody, topics.prefix(), "leat.startup.timeout", "1s");
        LaneCheck check = new LaneCheck(new KafkaClients(alone), alone);

        assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> check.requirePartitions(2))
                .withMessageContaining("Expected Kafka at " + nobody + " to answer within 1s");
    }
}
