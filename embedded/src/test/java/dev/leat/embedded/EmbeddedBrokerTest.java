package dev.leat.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("broker")
class EmbeddedBrokerTest {

    @TempDir
    Path directory;

    @Test
    void shouldKeepTopicsAndRecordsOverRestartOnAnotherPort() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            Records.createTopic(broker.bootstrapServers(), "kept");
            Records.write(broker.bootstrapServers(), "kept", List.of("a", "b", "c"));
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            assertThat(Records.readAll(broker.bootstrapServers(), "kept")).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldNameTakenPortAndTouchNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerOptions options = BrokerOptions.in(directory).withPort(taken.getLocalPort());

            assertThatExceptionOfType(PortTakenException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(options))
                    .withMessageContaining(Integer.toString(taken.getLocalPort()))
                    .withMessageContaining("choose another port")
                    .satisfies(e -> assertThat(e.port()).isEqualTo(taken.getLocalPort()));
        }
        assertThat(directory.resolve("log")).doesNotExist();
        EmbeddedBroker.start(BrokerOptions.in(directory)).close();
    }

    @Test
    void shouldUsePortThatIsAskedFor() throws Exception {
        int port = freePort();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory).withPort(port))) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(describe(broker, "auto.create.topics.enable")).isEqualTo("false");
        }
    }

    @Test
    void shouldRefuseDataDirectoryOfLiveBrokerAndLeaveItRunning() throws Exception {
        try (EmbeddedBroker first = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            assertThatExceptionOfType(DataDirectoryInUseException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(directory)))
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .satisfies(e -> assertThat(e.directory()).isEqualTo(directory));

            Records.createTopic(first.bootstrapServers(), "alive");
        }
    }

    @Test
    void shouldCreateNoTopicByItself() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory))) {
            Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 1000);
            try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("nobody-made-me", "x")).get())
                        .isInstanceOf(ExecutionException.class);
            }
            try (Admin admin = admin(broker)) {
                assertThatThrownBy(() -> admin.describeTopics(List.of("nobody-made-me")).allTopicNames().get())
                        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            }
        }
    }

    @Test
    void shouldLetOverridesWin() throws Exception {
        BrokerOptions options = BrokerOptions.in(directory)
                .withOverrides(Map.of("group.consumer.session.timeout.ms", "7000"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
            assertThat(describe(broker, "group.consumer.session.timeout.ms")).isEqualTo("7000");
            assertThat(describe(broker, "group.consumer.min.session.timeout.ms")).isEqualTo("6000");
        }
    }

    @Test
    void shouldGiveEverythingBackWhenKafkaRefusesTheSettings() {
        BrokerOptions broken = BrokerOptions.in(directory).withOverrides(Map.of("num.io.threads", "none"));

        assertThatThrownBy(() -> EmbeddedBroker.start(broken)).hasMessageContaining("num.io.threads");

        EmbeddedBroker.start(BrokerOptions.in(directory)).close();
    }

    @Test
    void shouldAskForAdvertisedListenersWhereHostIsAWildcard() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(directory).withHost("0.0.0.0")))
                .withMessageContaining("advertised.listeners");
    }

    @Test
    void shouldCloseTwiceAndGiveThePortFree() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(directory));
        broker.close();
        broker.close();

        try (ServerSocket again = new ServerSocket(broker.port(), 1,
                InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void shouldTellAnUnwritableDataDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(file)))
                .hasMessageContaining(file.toString());
    }

    private static String describe(EmbeddedBroker broker, String setting)
            throws InterruptedException, ExecutionException {
        ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = admin(broker)) {
            return admin.describeConfigs(List.of(node)).all().get().values().iterator().next().get(setting).value();
        }
    }

    private static Admin admin(EmbeddedBroker broker) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
