package dev.leat.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.RestartableBroker;

@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class TopicProvisionerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final KafkaCluster cluster;
    private final Topics topics;
    private Admin admin;

    TopicProvisionerTest(KafkaCluster cluster) {
        this.cluster = cluster;
        this.topics = new Topics(cluster.newPrefix());
    }

    /** The topics that belong to no plugin. */
    private static final int CORE = 13;

    @BeforeEach
    void connect() {
        admin = new KafkaClients(TestSettings.of(cluster.bootstrapServers(), topics.prefix())).admin("test");
    }

    @AfterEach
    void disconnect() {
        admin.close(Duration.ZERO);
    }

    @Test
    void shouldMakeCoreTopicsAndLanes() throws Exception {
        int partitions = provisioner("leat.partitions", "3", "leat.replication.factor", "1").provision(List.of("demo"));

        assertThat(partitions).isEqualTo(3);
        assertThat(partitionsByTopic()).containsOnlyKeys(topics.events(), topics.control(), topics.pending(),
                topics.workers(), topics.plugins(), topics.pluginSettings(), topics.pluginState(), topics.schedules(),
                topics.batches(), topics.batchOrders(), topics.batchTemplates(), topics.notices(), topics.deadLetter(),
                topics.prefix() + "jobs.demo.high", topics.prefix() + "jobs.demo.normal",
                topics.prefix() + "jobs.demo.low").allSatisfy((_, count) -> assertThat(count).isEqualTo(3));
        assertThat(config(topics.events())).containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(config(topics.prefix() + "jobs.demo.low")).containsEntry("retention.ms", "-1");
        assertThat(config(topics.pending())).containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(config(topics.deadLetter())).containsEntry("retention.ms", "2592000000");
        assertThat(config(topics.workers())).containsEntry("cleanup.policy", "compact");
        for (String table : List.of(topics.plugins(), topics.pluginSettings(), topics.pluginState(),
                topics.schedules())) {
            assertThat(config(table)).as(table).containsEntry("cleanup.policy", "compact");
        }
    }

    @Test
    void shouldLeaveExistingTopicsAlone() throws Exception {
        admin.createTopics(List.of(new NewTopic(topics.events(), Optional.of(2), Optional.empty())
                .configs(Map.of("retention.ms", "86400000")))).all().get();

        assertThat(provisioner().provision(List.of())).isEqualTo(2);
        assertThat(provisioner().provision(List.of("demo"))).isEqualTo(2);

        assertThat(config(topics.events())).containsEntry("retention.ms", "86400000");
        assertThat(partitionsByTopic()).hasSize(CORE + 3)
                .allSatisfy((_, partitions) -> assertThat(partitions).isEqualTo(2));
    }

    @Test
    void shouldRefuseTopicWithOtherPartitionCount() throws Exception {
        String lane = topics.prefix() + "jobs.demo.high";
        admin.createTopics(List.of(new NewTopic(lane, Optional.of(5), Optional.empty()))).all().get();

        assertThatExceptionOfType(TopicSetupException.class)
                .isThrownBy(() -> provisioner("leat.partitions", "2").provision(List.of("demo")))
                .withMessageStartingWith("Expected every topic of Leat to have 2 partitions, but " + lane + " has 5. ")
                .withMessageContainingAll("leat.partitions", "leat.topic.prefix");
    }

    @Test
    void shouldRefuseExplicitCountThatIsNotTheOneOfEvents() throws Exception {
        provisioner("leat.partitions", "2").provision(List.of());

        assertThatExceptionOfType(TopicSetupException.class)
                .isThrownBy(() -> provisioner("leat.partitions", "4").provision(List.of()))
                .withMessageContaining(topics.events() + " has 2");
    }

    @Test
    void shouldAgreeWhenManyStartAtOnce() throws Exception {
        int services = 6;
        CyclicBarrier together = new CyclicBarrier(services);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < services; i++) {
                String plugin = "plugin-" + i % 2;
                answers.add(threads.submit(() -> {
                    TopicProvisioner provisioner = provisioner();
                    together.await();
                    return provisioner.provision(List.of(plugin));
                }));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(12);
            }
        }
        assertThat(partitionsByTopic()).hasSize(CORE + 6)
                .allSatisfy((_, partitions) -> assertThat(partitions).isEqualTo(12));
    }

    @Test
    void shouldNeverMixPartitionCountsWhenServicesDisagree() throws Exception {
        for (int round = 0; round < 5; round++) {
            String prefix = cluster.newPrefix();
            CyclicBarrier together = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Integer> indifferent = threads.submit(() -> provisionTogether(together, prefix, "first"));
                Future<Integer> decided = threads
                        .submit(() -> provisionTogether(together, prefix, "second", "leat.partitions", "2"));

                int partitions = indifferent.get();
                if (partitions == 2) {
                    assertThat(decided.get()).isEqualTo(2);
                } else {
                    assertThat(decided).failsWithin(LONG)
                            .withThrowableOfType(ExecutionException.class)
                            .withCauseInstanceOf(TopicSetupException.class);
                }
                assertThat(partitionsByTopic(prefix).values()).hasSizeGreaterThanOrEqualTo(8).containsOnly(partitions);
            }
        }
    }

    private int provisionTogether(CyclicBarrier together, String prefix, String plugin, String... more)
            throws Exception {
        Settings settings = TestSettings.of(cluster.bootstrapServers(), prefix, more);
        together.await();
        return new TopicProvisioner(new KafkaClients(settings), settings).provision(List.of(plugin));
    }

    @Test
    void shouldReturnOnlyWhenEveryLeaderTakesRecords() throws Exception {
        ListAppender<ILoggingEvent> complaints = new ListAppender<>();
        Logger sender = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients.producer.internals.Sender");
        complaints.start();
        sender.addAppender(complaints);
        try (Producer<byte[], byte[]> producer = new KafkaClients(
                TestSettings.of(cluster.bootstrapServers(), topics.prefix()))
                .producer(new ProducerProfile("test", Duration.ZERO, Duration.ofSeconds(30)))) {
            int partitions = provisioner("leat.partitions", "40").provision(List.of());
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 5 * partitions; i++) {
                sent.add(producer.send(new ProducerRecord<>(topics.deadLetter(), i % partitions, null, new byte[8])));
            }
            for (Future<RecordMetadata> answer : sent) {
                answer.get();
            }
        } finally {
            sender.detachAppender(complaints);
        }
        assertThat(complaints.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    @Test
    void shouldSayWhatTheBrokerRefuses() {
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> provisioner("leat.replication.factor", "3", "leat.startup.timeout", "1s")
                        .provision(List.of()))
                .withMessageContainingAll("Expected Kafka at " + cluster.bootstrapServers() + " to answer within 1s",
                        "replication");
        assertThatExceptionOfType(TopicSetupException.class)
                .isThrownBy(() -> provisioner().provision(List.of("n".repeat(300))))
                .withMessageContaining("invalid topic");
    }

    @Test
    void shouldGiveUpAfterTheStartupTimeoutWithoutBroker() throws IOException {
        String nobody = "127.0.0.1:" + KafkaClientsTest.closedPort();

        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> provisionerAt(nobody, "leat.startup.timeout", "1s").provision(List.of()))
                .withMessageContaining("Expected Kafka at " + nobody + " to answer within 1s");
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(
                        () -> provisionerAt("nobody.invalid:9092", "leat.startup.timeout", "1s").provision(List.of()))
                .withMessageContaining("nobody.invalid:9092");
    }

    @Test
    void shouldWaitForABrokerThatComesLater() throws Exception {
        try (RestartableBroker broker = RestartableBroker.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            broker.stop();
            Future<Integer> answer = threads
                    .submit(() -> provisionerAt(broker.bootstrapServers(), "leat.partitions", "2")
                            .provision(List.of()));
            broker.restart();

            assertThat(answer.get()).isEqualTo(2);
        }
    }

    private TopicProvisioner provisioner(String... more) {
        return provisionerAt(cluster.bootstrapServers(), more);
    }

    private TopicProvisioner provisionerAt(String servers, String... more) {
        Settings settings = TestSettings.of(servers, topics.prefix(), more);
        return new TopicProvisioner(new KafkaClients(settings), settings);
    }

    private Map<String, Integer> partitionsByTopic() throws Exception {
        return partitionsByTopic(topics.prefix());
    }

    private Map<String, Integer> partitionsByTopic(String prefix) throws Exception {
        Set<String> ours = new HashSet<>(admin.listTopics().names().get());
        ours.removeIf(name -> !name.startsWith(prefix));
        Map<String, Integer> counts = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(ours).allTopicNames().get().values()) {
            counts.put(topic.name(), topic.partitions().size());
        }
        return counts;
    }

    private Map<String, String> config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> values = new HashMap<>();
        for (Config config : admin.describeConfigs(List.of(resource)).all().get().values()) {
            config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        }
        return values;
    }
}
