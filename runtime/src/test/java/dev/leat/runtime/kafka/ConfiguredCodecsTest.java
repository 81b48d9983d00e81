package dev.leat.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsException;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

class ConfiguredCodecsTest {

    private static final Topics TOPICS = new Topics("mill.");

    @Test
    void shouldHandTheRegistrysPropertiesToTheNamedClasses() {
        // given
        Settings settings = settings(Map.of("leat.schema.registry.url", "http://one:1,http://two:2",
                "leat.schema.registry.basic.auth.user.info", "me:sesame",
                "leat.schema.registry.ssl.truststore.location", "/trust"));

        // when
        Codecs codecs = ConfiguredCodecs.of(settings, TOPICS, Duration.ofSeconds(4));
        byte[] bytes = codecs.control().encode(TOPICS.control(),
                new Fact.EndRequested(EndReason.CANCEL, Instant.EPOCH));

        // then
        assertThat(new String(bytes, UTF_8))
                .contains("schema.registry.url=http://one:1,http://two:2", "specific.avro.reader=true",
                        "{basic.auth.user.info=me:sesame", "schema.registry.ssl.truststore.location=/trust",
                        "schema.registry.retry.timeout.ms=4000");
    }

    @Test
    void shouldPreferTheSettingsOwnPatience() {
        // given
        Settings settings = settings(Map.of("leat.schema.registry.retry.timeout.ms", "7"));

        // when
        byte[] bytes = ConfiguredCodecs.of(settings, TOPICS, Duration.ofSeconds(4))
                .control()
                .encode(TOPICS.control(), new Fact.EndRequested(EndReason.CANCEL, Instant.EPOCH));

        // then
        assertThat(new String(bytes, UTF_8))
                .contains("schema.registry.retry.timeout.ms=7");
    }

    @Test
    void shouldNameEachClassThatCannotBeUsed() {
        // given
        Settings settings = settings(
                Map.of("leat.serde.serializer", "no.such.Class", "leat.serde.deserializer", "java.lang.String"));

        // when, then
        assertThatThrownBy(() -> ConfiguredCodecs.of(settings, TOPICS, Duration.ofSeconds(4)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("leat.serde.serializer to name a Serializer")
                .hasMessageContaining("\"no.such.Class\"")
                .hasMessageContaining("leat.serde.deserializer to name a Deserializer")
                .hasMessageContaining("\"java.lang.String\"");
    }

    private static Settings settings(Map<String, String> given) {
        Map<String, String> values = new HashMap<>(Map.of("leat.serde.serializer", TellingSerializer.class.getName(),
                "leat.serde.deserializer", NoDeserializer.class.getName()));
        values.putAll(given);
        return Settings.of(OptionCatalog.of(ServiceOptions.class), values);
    }

    /** Writes what it was configured with. */
    public static final class TellingSerializer implements Serializer<Object> {
        private Map<String, ?> properties = Map.of();

        @Override
        public void configure(Map<String, ?> given, boolean isKey) {
            properties = new TreeMap<>(given);
        }

        @Override
        public byte[] serialize(String topic, Object value) {
            return properties.toString().getBytes(UTF_8);
        }
    }

    /** Has nothing to read. */
    public static final class NoDeserializer implements Deserializer<Object> {

        @Override
        public Object deserialize(String topic, byte[] bytes) {
            throw new AssertionError("Expected nothing to be read from " + topic);
        }
    }
}
