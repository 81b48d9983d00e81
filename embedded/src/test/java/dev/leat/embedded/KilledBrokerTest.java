package dev.leat.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

@Tag("process")
class KilledBrokerTest {

    private static final List<String> VALUES = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void shouldServeEveryAcknowledgedRecordAfterKill() throws Exception {
        Process process = startBrokerProcess();
        try (BufferedReader output = process.inputReader()) {
            String bootstrapServers = readyLine(output);
            Records.createTopic(bootstrapServers, "survivors");
            Records.write(bootstrapServers, "survivors", VALUES);
            assertThatExceptionOfType(DataDirectoryInUseException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(directory)))
                    .withMessageContaining("process " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
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

    private Process startBrokerProcess() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokerProcess.class.getName(),
                directory.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String readyLine(BufferedReader output) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(BrokerProcess.READY)) {
                return line.substring(BrokerProcess.READY.length());
            }
            lines.add(line);
        }
        throw new AssertionError("Expected the broker process to say that it is ready, but it ended after " + lines);
    }

    /** The main class of the process that is killed. */
    static final class BrokerProcess {

        static final String READY = "ready ";

        private BrokerProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(Path.of(arguments[0])));
            System.out.println(READY + broker.bootstrapServers());
            Thread.currentThread().join();
        }
    }
}
