package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.apache.pulsar.kafka.shade.avro.Schema;
import org.apache.pulsar.kafka.shade.avro.generic.GenericRecord;
import org.apache.pulsar.kafka.shade.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of other teams write commands to Kafka, with nothing of Leat but the Avro schema. */
@Tag("process")
class OtherServicesTest {

    private static final Path SCHEMA = Path.of("..", "schemas", "src", "main", "avro", "JobCommand.avsc");
    private static final String TOPIC = "leat.jobs.demo.normal";

    @TempDir
    static Path folder;

    private static LeatProcess leat;
    private static LeatApi api;

    @BeforeAll
    static void start() throws Exception {
        leat = LeatProcess.start(folder, "leat", "up", "--data", folder.resolve("data").toString(), "--broker-port",
                "0", "--registry-port", "0", "--port", "0");
        api = new LeatApi(leat.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        leat.close();
    }

    @Test
    void shouldRunWhatAPlainJavaProducerWritesWithConfluentsSerializer() throws Exception {
        String id = UUID.randomUUID().toString();
        Schema schema = new Schema.Parser().parse(Files.readString(SCHEMA));
        GenericRecord command = new GenericRecordBuilder(schema).set("type", "demo:prime")
                .set("params", "{\"limit\":100}")
                .set("submittedAt", System.currentTimeMillis())
                .set("tags", List.of("java"))
                .build();

        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(Map.of(
                "bootstrap.servers", leat.printed("Kafka"),
                "schema.registry.url", leat.printed("Schema registry"),
                "key.serializer", StringSerializer.class,
                "value.serializer", KafkaAvroSerializer.class))) {
            producer.send(new ProducerRecord<>(TOPIC, id, command)).get(20, TimeUnit.SECONDS);
        }

        assertCompleted(id);
    }

    @Test
    void shouldRunWhatANodeServiceWritesWithKafkaJs() throws Exception {
        Assumptions.assumeTrue(isInstalled("node") && isInstalled("npm"),
                "node and npm are not on the PATH; .ci/run installs them");
        Path node = folder.resolve("node");
        Files.createDirectory(node);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "submit.mjs")) {
            Files.copy(Path.of("node", file), node.resolve(file));
        }
        String id = UUID.randomUUID().toString();

        run(node, "npm", "ci", "--silent", "--ignore-scripts");
        String output = run(node, "node", "submit.mjs", leat.printed("Kafka"), leat.printed("Schema registry"), TOPIC,
                SCHEMA.toAbsolutePath().toString(), id, "demo:prime", "{\"limit\":100}");

        assertThat(output).contains("submitted " + id);
        assertCompleted(id);
    }

    private static void assertCompleted(String id) throws Exception {
        api.awaitStatus(id, "completed");
        assertThat(api.json("/api/v1/jobs/" + id + "/result").path("count").asInt()).isEqualTo(25);
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException notFound) {
            return false;
        }
    }

    private static String run(Path directory, String... command) throws Exception {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(String.join(" ", command) + ":\n" + Files.readString(output))
                .isTrue();
        return Files.readString(output);
    }
}
