package dev.leat.schemas.serde;

import java.util.Map;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in Confluent's wire format, as generated classes ({@value SerdeConfig#SPECIFIC_READER}) or as
 * {@code GenericRecord}. See {@link SerdeConfig} for its options and {@link SerdeFault} for its failures: a bad record is
 * an {@link RecordFormatException}. {@code null} stays null.
 *
 * <p>Generated classes other than Leat's own have to be trusted: named by {@value SerdeConfig#SPECIFIC_VALUE_TYPE}, or by
 * Avro's system properties {@code org.apache.avro.SERIALIZABLE_CLASSES} and {@code …SERIALIZABLE_PACKAGES}.
 *
 * <p>Thread-safe once configured: nothing is shared between calls but caches, and nothing is kept per thread.
 */
public final class AvroDeserializer implements Deserializer<Object> {

    private volatile @Nullable RegistryClient registry;
    private volatile @Nullable RecordReaders readers;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        TrustedPackages.addLeat();
        SerdeConfig config = new SerdeConfig(properties);
        config.specificType(isKey).ifPresent(type -> TrustedPackages.add(type.getPackageName()));
        RegistryClient client = new RegistryClient(config);
        this.registry = client;
        this.readers = new RecordReaders(client, config.specificReader(), config.specificType(isKey));
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        @Nullable
        RecordReaders configured = readers;
        if (configured == null) {
            throw new ConfigException("Expected configure() before the first record, but it was not called");
        }
        int schemaId = WireFormat.schemaId(topic, data);
        return configured.of(schemaId, topic).read(data, topic);
    }

    @Override
    public void close() {
        @Nullable
        RegistryClient client = registry;
        if (client != null) {
            client.close();
        }
    }
}
