package dev.leat.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;

import dev.leat.embedded.BrokerOptions;
import dev.leat.embedded.EmbeddedBroker;
import dev.leat.embedded.EmbeddedRegistry;
import dev.leat.embedded.RegistryOptions;

import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle, and the answers that our client relies on, against the registry that Leat itself serves. */
@Tag("broker")
class ConfluentOracleOnEmbeddedRegistryTest extends ConfluentOracle {

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void startRegistry() {
        broker = EmbeddedBroker.start(BrokerOptions.in(directory));
        registry = EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers()));
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
        broker.close();
    }

    @Override
    String registryUrl() {
        return registry.url();
    }

    @Test
    void shouldLearnThatAnIdIsUnknown() {
        // given
        try (RegistryClient client = Serdes.client(registryUrl())) {
            // when, then
            assertThat(client.schemaById(1_000_000)).isEqualTo(new SchemaLookup.Unknown());
        }
    }

    @Test
    void shouldLearnThatASchemaIsNotCompatible() {
        // given
        try (RegistryClient client = Serdes.client(registryUrl())) {
            client.register("strict-value", Serdes.PERSON);

            // when
            Throwable failure = catchThrowable(() -> client.register("strict-value",
                    SchemaBuilder.record("Person").namespace("test").fields().requiredLong("height").endRecord()));

            // then
            assertThat(failure).isInstanceOfSatisfying(RegistryRefusalException.class,
                    e -> assertThat(e.status()).isEqualTo(409));
        }
    }

    @Test
    void shouldLearnThatASubjectIsNotThere() {
        // given
        try (RegistryClient client = Serdes.client(registryUrl())) {
            // when
            Throwable failure = catchThrowable(
                    () -> client.lookup("nowhere-value", Serdes.PERSON));

            // then
            assertThat(failure).isInstanceOfSatisfying(RegistryRefusalException.class,
                    e -> assertThat(e.status()).isEqualTo(404));
        }
    }
}
