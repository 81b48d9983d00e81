package dev.leat.schemas.serde;

import static dev.leat.schemas.serde.FaultyRegistry.status;
import static dev.leat.schemas.serde.Serdes.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;

import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.schemas.UndecodableRecordException;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the codecs make of an outage and of a bad record, with our deserializer and with Confluent's. */
class CodecFaultTest {

    private static final String TOPIC = "leat.jobs.demo.normal";

    private FaultyRegistry registry;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = FaultyRegistry.start();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    static Stream<Deserializer<Object>> deserializers() {
        return Stream.of(new AvroDeserializer(), new KafkaAvroDeserializer());
    }

    @ParameterizedTest
    @MethodSource("deserializers")
    void shouldCallAnOutageRetriable(Deserializer<Object> deserializer) {
        // given
        Codecs codecs = codecs(deserializer);
        registry.always(status(503, "{\"error_code\":50301,\"message\":\"starting\"}"));

        // when, then
        assertThatThrownBy(() -> codecs.commands().decode(TOPIC, framed(1, 0))).isInstanceOf(RetriableException.class);
    }

    @ParameterizedTest
    @MethodSource("deserializers")
    void shouldNotBlameARecordForWrongCredentials(Deserializer<Object> deserializer) {
        // given
        Codecs codecs = codecs(deserializer);
        registry.always(status(401, "{\"error_code\":40101,\"message\":\"who are you?\"}"));

        // when, then
        assertThatThrownBy(() -> codecs.commands().decode(TOPIC, framed(1, 0))).isInstanceOf(RetriableException.class)
                .hasMessageStartingWith("Expected the schema registry to help to read a JobCommand on " + TOPIC);
    }

    @ParameterizedTest
    @MethodSource("deserializers")
    void shouldCallABadRecordUndecodable(Deserializer<Object> deserializer) {
        // given
        Codecs codecs = codecs(deserializer);

        // when, then
        for (byte[] bytes : new byte[][]{{}, {'h', 'i'}, framed(99, 0)}) {
            assertThatThrownBy(() -> codecs.commands().decode(TOPIC, bytes))
                    .isInstanceOf(UndecodableRecordException.class)
                    .hasMessageStartingWith("Expected a JobCommand in Confluent's wire format on " + TOPIC);
        }
    }

    private Codecs codecs(Deserializer<Object> deserializer) {
        deserializer.configure(Map.of("schema.registry.url", registry.url(), "specific.avro.reader", false,
                "schema.registry.retry.timeout.ms", 300), false);
        Codecs codecs = Codecs.of(new Topics(Topics.DEFAULT_PREFIX), Serdes.serializer(registry.url()), deserializer);
        assertThat(registry.requests()).isEmpty();
        return codecs;
    }
}
