package dev.leat.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.leat.schemas.avro.JobCommand;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pulsar.kafka.shade.avro.Schema;
import org.apache.pulsar.kafka.shade.avro.generic.GenericRecord;
import org.apache.pulsar.kafka.shade.avro.generic.GenericRecordBuilder;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.Test;

/**
 * Confluent's own serializers and ours read each other's bytes through one registry and agree on ids. Confluent's come
 * with an Avro of their own under another name, which therefore has its own records.
 */
abstract class ConfluentOracle {

    /** A subject of its own for each test, since the registry may be shared. */
    private final String topic = "oracle-" + UUID.randomUUID();

    private final JobCommand command = JobCommand.newBuilder()
            .setType("demo:prime")
            .setParams("{\"limit\":10}")
            .setSubmittedAt(Instant.ofEpochMilli(1_700_000_000_123L))
            .setTags(List.of("a", "ü"))
            .setAttempt(2)
            .build();

    abstract String registryUrl();

    @Test
    void shouldWriteWhatConfluentReads() {
        // given
        byte[] bytes = Serdes.serializer(registryUrl()).serialize(topic, command);

        // when
        Object record = confluentDeserializer().deserialize(topic, bytes);

        // then
        assertThat(record).isEqualTo(confluentRecord());
    }

    @Test
    void shouldReadWhatConfluentWrites() {
        // given
        byte[] bytes = confluentSerializer().serialize(topic, confluentRecord());

        // when
        Object record = Serdes.deserializer(registryUrl(), "specific.avro.reader", true).deserialize(topic, bytes);

        // then
        assertThat(record).isEqualTo(command);
    }

    @Test
    void shouldWriteTheSameBytesAsConfluent() {
        // when: ours registers first
        byte[] ours = Serdes.serializer(registryUrl()).serialize(topic, command);

        // then: the same id too
        assertThat(confluentSerializer().serialize(topic, confluentRecord())).isEqualTo(ours);
    }

    @Test
    void shouldFindTheSchemaThatConfluentRegistered() {
        // given
        byte[] confluents = confluentSerializer().serialize(topic, confluentRecord());

        // when
        byte[] ours = Serdes.serializer(registryUrl(), "auto.register.schemas", false).serialize(topic, command);

        // then
        assertThat(ours).isEqualTo(confluents);
    }

    private Serializer<Object> confluentSerializer() {
        KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        serializer.configure(Map.of("schema.registry.url", registryUrl()), false);
        return serializer;
    }

    private Deserializer<Object> confluentDeserializer() {
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
        deserializer.configure(Map.of("schema.registry.url", registryUrl()), false);
        return deserializer;
    }

    /** With the schema of the file, as a producer in another language has it. */
    private GenericRecord confluentRecord() {
        Schema schema = new Schema.Parser().parse(schemaFile());
        return new GenericRecordBuilder(schema)
                .set("type", "demo:prime")
                .set("params", "{\"limit\":10}")
                .set("submittedAt", 1_700_000_000_123L)
                .set("tags", List.of("a", "ü"))
                .set("attempt", 2)
                .build();
    }

    private static String schemaFile() {
        try {
            return Files.readString(Path.of("src/main/avro/JobCommand.avsc"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
