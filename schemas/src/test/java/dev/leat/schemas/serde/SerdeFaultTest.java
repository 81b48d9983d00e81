package dev.leat.schemas.serde;

import static dev.leat.schemas.serde.FaultyRegistry.dropConnection;
import static dev.leat.schemas.serde.FaultyRegistry.status;
import static dev.leat.schemas.serde.Serdes.PERSON;
import static dev.leat.schemas.serde.Serdes.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges real failures of Confluent's deserializer, and the forms that other versions of it are known to take. */
class SerdeFaultTest {

    private FaultyRegistry registry;
    private int personId;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = FaultyRegistry.start();
        personId = registry.put(PERSON);
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    static Stream<Arguments> badRecords() {
        return Stream.of(
                arguments("nothing", new byte[0]),
                arguments("half a header", new byte[]{0, 0}),
                arguments("another magic byte", new byte[]{'{', 0, 0, 0, 1, 0}),
                arguments("an unknown id", framed(99, 0)),
                arguments("no body", framed(1)),
                arguments("a cut string", framed(1, 6, 'A')),
                arguments("an endless number", framed(1, 2, 'A', -1, -1, -1, -1, -1, -1)),
                arguments("a negative length", framed(1, 5, 'A')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void shouldBlameTheRecordForWhatConfluentCannotRead(String name, byte[] bytes) {
        assertThat(personId).isEqualTo(1);
        assertThat(ofConfluent(bytes)).isEqualTo(SerdeFault.RECORD);
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                arguments("500", status(500, "{\"error_code\":50001,\"message\":\"store\"}")),
                arguments("500 of a proxy", status(500, "oops")),
                arguments("503 with a bare code", status(503, "{\"error_code\":503,\"message\":\"starting\"}")),
                arguments("503 of a proxy", status(503, "<html>no backend</html>")),
                arguments("404 of a proxy", status(404, "<html>default backend</html>")),
                arguments("429", status(429, "{\"error_code\":42901,\"message\":\"slow down\"}")),
                arguments("HTML instead of JSON", status(200, "<html>please log in</html>")),
                arguments("a lost connection", dropConnection()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void shouldSeeAnOutageInWhatConfluentSays(String name, FaultyRegistry.Fault outage) {
        // given
        registry.always(outage);

        // when, then
        assertThat(ofConfluent(framed(1, 2, 'A', 2))).isEqualTo(SerdeFault.REGISTRY_UNAVAILABLE);
    }

    @Test
    void shouldSeeAnOutageWhereConfluentCannotConnect() {
        // given
        registry.close();

        // when, then
        assertThat(ofConfluent(framed(1, 2, 'A', 2))).isEqualTo(SerdeFault.REGISTRY_UNAVAILABLE);
    }

    @Test
    void shouldSeeARefusalInWhatConfluentSays() {
        // given
        registry.always(status(401, "{\"error_code\":40101,\"message\":\"who are you?\"}"));

        // when, then
        assertThat(ofConfluent(framed(1, 2, 'A', 2))).isEqualTo(SerdeFault.REGISTRY_REFUSAL);
    }

    static Stream<Arguments> otherForms() {
        return Stream.of(
                arguments(new TimeoutException("late"), SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new InvalidConfigurationException("Unavailable; error code: 503"),
                        SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new InvalidConfigurationException("Unauthorized; error code: 401"),
                        SerdeFault.REGISTRY_REFUSAL),
                arguments(new ConfigException("a", "b"), SerdeFault.REGISTRY_REFUSAL),
                arguments(new SerializationException("Error retrieving Avro schema", new SocketTimeoutException()),
                        SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new SerializationException("x", new SSLHandshakeException("unknown CA")),
                        SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new SerializationException("x", new EOFException("connection closed")),
                        SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new IllegalStateException(new InterruptException("stop")), SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new IllegalStateException(new SerializationException("y", new IOException("reset"))),
                        SerdeFault.REGISTRY_UNAVAILABLE),
                arguments(new SerializationException("Unknown magic byte!"), SerdeFault.RECORD),
                arguments(new SerializationException("x", new IndexOutOfBoundsException()), SerdeFault.RECORD));
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void shouldKnowOtherForms(Throwable failure, SerdeFault fault) {
        assertThat(SerdeFault.of(failure)).isEqualTo(fault);
    }

    private SerdeFault ofConfluent(byte[] bytes) {
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(Map.of("schema.registry.url", registry.url()), false);
            Throwable failure = catchThrowable(() -> deserializer.deserialize("t", bytes));
            assertThat(failure).isNotNull();
            return SerdeFault.of(failure);
        }
    }
}
