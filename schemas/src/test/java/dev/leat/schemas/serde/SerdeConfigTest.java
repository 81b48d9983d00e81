package dev.leat.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.schemas.avro.JobCommand;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerdeConfigTest {

    @Test
    void shouldHaveDefaults() {
        // when
        SerdeConfig config = new SerdeConfig(Map.of("schema.registry.url", "http://r:8081"));

        // then
        assertThat(config.endpoints())
                .containsExactly(new RegistryEndpoint(URI.create("http://r:8081"), Optional.empty()));
        assertThat(config.autoRegister()).isTrue();
        assertThat(config.specificReader()).isFalse();
        assertThat(config.specificType(false)).isEmpty();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.readTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retryTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.missingIdTtl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.sslContext()).isEmpty();
    }

    @Test
    void shouldTakeEveryOption() {
        // when
        SerdeConfig config = new SerdeConfig(Map.ofEntries(
                Map.entry("schema.registry.url", "https://a/x/, http://b:1"),
                Map.entry("auto.register.schemas", "false"),
                Map.entry("use.latest.version", "false"),
                Map.entry("specific.avro.reader", "true"),
                Map.entry("specific.avro.key.type", JobCommand.class),
                Map.entry("value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicNameStrategy"),
                Map.entry("basic.auth.credentials.source", "USER_INFO"),
                Map.entry("basic.auth.user.info", "u:p"),
                Map.entry("http.connect.timeout.ms", "1"),
                Map.entry("http.read.timeout.ms", "2"),
                Map.entry("schema.registry.retry.timeout.ms", "3"),
                Map.entry("missing.id.cache.ttl.sec", "4"),
                Map.entry("bootstrap.servers", "not ours")));

        // then
        assertThat(config.endpoints()).extracting(RegistryEndpoint::toString)
                .isEqualTo(List.of("https://a/x", "http://b:1"));
        assertThat(config.endpoints()).extracting(RegistryEndpoint::authorization)
                .containsOnly(Optional.of("Basic dTpw"));
        assertThat(config.autoRegister()).isFalse();
        assertThat(config.specificReader()).isTrue();
        assertThat(config.specificType(true)).hasValue(JobCommand.class);
        assertThat(config.specificType(false)).isEmpty();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(1));
        assertThat(config.readTimeout()).isEqualTo(Duration.ofMillis(2));
        assertThat(config.retryTimeout()).isEqualTo(Duration.ofMillis(3));
        assertThat(config.missingIdTtl()).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource({
            "use.latest.version, true",
            "value.subject.name.strategy, io.confluent.kafka.serializers.subject.RecordNameStrategy",
            "key.subject.name.strategy, MyTopicNameStrategy",
            "basic.auth.credentials.source, SASL_INHERIT",
            "http.read.timeout.ms, 0",
            "schema.registry.retry.timeout.ms, -1",
            "specific.avro.value.type, java.lang.String",
            "schema.registry.url, ''",
            "schema.registry.url, localhost:8081",
            "schema.registry.url, ftp://user:secret@host",
            "schema.registry.url, http://user:secret@ho st",
            "schema.registry.ssl.truststore.location, /does/not/exist",
            "schema.registry.ssl.endpoint.identification.algorithm, ''"})
    void shouldRefuseWhatItDoesNotOffer(String option, String value) {
        assertThatThrownBy(() -> Serdes.client("http://localhost:1", option, value).close())
                .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(ConfigException.class),
                        e -> assertThat(e).isInstanceOf(org.apache.kafka.common.KafkaException.class)
                                .hasMessageContaining("/does/not/exist"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldRefuseAMissingAddress() {
        assertThatThrownBy(() -> new SerdeConfig(Map.of())).isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }
}
