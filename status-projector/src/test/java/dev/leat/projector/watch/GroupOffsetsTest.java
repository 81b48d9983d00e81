package dev.leat.projector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(60)
class GroupOffsetsTest {

    private final KafkaClients clients;
    private final Admin admin;
    private final String group;
    private final TopicPartition committed;
    private final TopicPartition untouched;

    GroupOffsetsTest(KafkaCluster cluster) throws Exception {
        clients = new KafkaClients(Settings.of(OptionCatalog.of(ServiceOptions.class),
                Map.of("leat.bootstrap.servers", cluster.bootstrapServers())));
        admin = clients.admin("test");
        group = cluster.newPrefix() + "workers";
        committed = new TopicPartition(group + "-lane", 0);
        untouched = new TopicPartition(group + "-lane", 1);
        admin.createTopics(List.of(new NewTopic(committed.topic(), Optional.of(2), Optional.empty()))).all().get();
    }

    @AfterEach
    void close() {
        admin.close(Duration.ofSeconds(2));
    }

    private Map<TopicPartition, Long> ask() throws ExecutionException, InterruptedException {
        return new GroupOffsets(admin, group).ask(Set.of(committed, untouched)).toCompletableFuture().get();
    }

    @Test
    void shouldSayThatNothingIsCommittedWhereNoWorkerHasEverBeen() throws Exception {
        assertThat(ask()).isEmpty();
    }

    @Test
    void shouldGiveWhatIsCommittedAndLeaveOutTheRest() throws Exception {
        Map<String, Object> properties = clients.consumerProperties("test");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        try (Consumer<byte[], byte[]> worker = new KafkaConsumer<>(properties)) {
            worker.assign(List.of(committed));
            worker.commitSync(Map.of(committed, new OffsetAndMetadata(42)));
        }

        assertThat(ask()).isEqualTo(Map.of(committed, 42L));
    }
}
