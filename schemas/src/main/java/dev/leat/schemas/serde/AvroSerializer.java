package dev.leat.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records, generated or generic, in Confluent's wire format. See {@link SerdeConfig} for its options and
 * {@link SerdeFault} for its failures. {@code null} stays null.
 *
 * <p>Thread-safe once configured: nothing is shared between calls but caches, and nothing is kept per thread.
 */
public final class AvroSerializer implements Serializer<Object> {

    private static final int TYPICAL_SIZE = 512;

    private final ConcurrentMap<Kind, Form> forms = new ConcurrentHashMap<>();
    private volatile @Nullable RegistryClient registry;
    private volatile boolean autoRegister = true;
    private volatile boolean isKey;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        TrustedPackages.addLeat();
        SerdeConfig config = new SerdeConfig(properties);
        this.isKey = isKey;
        this.autoRegister = config.autoRegister();
        this.registry = new RegistryClient(config);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        if (!(data instanceof GenericContainer container)) {
            throw new SerializationException("Expected an Avro record for topic " + topic + ", but got a "
                    + data.getClass().getName());
        }
        Form form = formOf(new Kind(topic, container.getSchema(), data instanceof SpecificRecord));
        try {
            return form.write(container);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Expected a record that fits its schema " + form.schema.getFullName()
                    + " for topic " + topic + ", but " + e, e);
        }
    }

    private Form formOf(Kind kind) {
        @Nullable
        Form known = forms.get(kind);
        if (known != null) {
            return known;
        }
        String subject = kind.topic() + (isKey ? "-key" : "-value");
        RegistryClient client = registry();
        int id = autoRegister ? client.register(subject, kind.schema()) : client.lookup(subject, kind.schema());
        Form form = new Form(kind, id);
        forms.put(kind, form);
        return form;
    }

    private RegistryClient registry() {
        @Nullable
        RegistryClient client = registry;
        if (client == null) {
            throw new ConfigException("Expected configure() before the first record, but it was not called");
        }
        return client;
    }

    @Override
    public void close() {
        @Nullable
        RegistryClient client = registry;
        if (client != null) {
            client.close();
        }
    }

    /** Records that are written alike. */
    private record Kind(String topic, Schema schema, boolean specific) {}

    /** How a kind of record is written. Writers keep no state between calls, so all threads share one. */
    private static final class Form {

        private final Schema schema;
        private final byte[] header;
        private final DatumWriter<Object> writer;

        Form(Kind kind, int schemaId) {
            this.schema = kind.schema();
            this.header = WireFormat.header(schemaId);
            this.writer = kind.specific() ? new SpecificDatumWriter<>(schema) : new GenericDatumWriter<>(schema);
        }

        byte[] write(Object record) throws IOException {
            RecordBuffer buffer = new RecordBuffer(TYPICAL_SIZE);
            buffer.write(header, 0, header.length);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
            writer.write(record, encoder);
            return buffer.toByteArray();
        }
    }
}
