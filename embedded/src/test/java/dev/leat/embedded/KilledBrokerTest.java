package dev.leat.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("broker")
@Tag("process")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledBrokerTest {

    private static final List<String> VALUES = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

    @TempDir
    Path directory;

    @Test
    void shouldServeEveryAcknowledgedRecordAfterKill() throws Exception {
        try (ChildJvm child = ChildJvm.start(BrokerProcess.class, directory.toString())) {
            String bootstrapServers = child.awaitReady();
            Records.createTopic(bootstrapServers, "survivors");
            Records.write(bootstrapServers, "survivors", VALUES);
            child.kill();
        }

        // Kafka's controller alone would hold the new broker off until the killed one's session has run out.
        BrokerOptions options = BrokerOptions.in(directory)
                .withOverrides(Map.of("broker.session.timeout.ms", "300000"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
            assertThat(Records.readAll(broker.bootstrapServers(), "survivors")).isEqualTo(VALUES);
            Records.write(broker.bootstrapServers(), "survivors", List.of("after"));
            assertThat(Records.readAll(broker.bootstrapServers(), "survivors")).hasSize(VALUES.size() + 1)
                    .endsWith("after");
        }
    }

    @Test
    void shouldRefuseDataDirectoryOfBrokerInAnotherProcess() throws Exception {
        try (ChildJvm child = ChildJvm.start(BrokerProcess.class, directory.toString())) {
            child.awaitReady();

            assertThatExceptionOfType(DataDirectoryInUseException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(directory)))
                    .withMessageContaining("process " + child.process().pid());
        }
    }

    /** The main class of the process that is killed. */
    static final class BrokerProcess {

        private BrokerProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(Path.of(arguments[0])));
            ChildJvm.sayReady(broker.bootstrapServers());
        }
    }
}
