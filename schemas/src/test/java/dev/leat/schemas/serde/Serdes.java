package dev.leat.schemas.serde;

import java.util.HashMap;
import java.util.Map;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** Serializers for tests: timeouts that no slow machine meets, and whatever a test sets beside. */
final class Serdes {

    static final String TOPIC = "t";

    /** The golden record's schema. */
    static final Schema PERSON = SchemaBuilder.record("Person").namespace("test")
            .fields()
            .requiredString("name")
            .requiredInt("age")
            .endRecord();

    private Serdes() {}

    static Map<String, Object> properties(String url, Object... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(SerdeConfig.URL, url,
                SerdeConfig.CONNECT_TIMEOUT_MS, 30_000, SerdeConfig.READ_TIMEOUT_MS, 30_000,
                SerdeConfig.RETRY_TIMEOUT_MS, 30_000));
        for (int i = 0; i < more.length; i += 2) {
            properties.put((String) more[i], more[i + 1]);
        }
        return properties;
    }

    static AvroSerializer serializer(String url, Object... more) {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(properties(url, more), false);
        return serializer;
    }

    static AvroDeserializer deserializer(String url, Object... more) {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(properties(url, more), false);
        return deserializer;
    }

    static RegistryClient client(String url, Object... more) {
        return new RegistryClient(new SerdeConfig(properties(url, more)));
    }

    /** A record in the wire format. */
    static byte[] framed(int schemaId, int... bytes) {
        byte[] header = WireFormat.header(schemaId);
        byte[] record = new byte[header.length + bytes.length];
        System.arraycopy(header, 0, record, 0, header.length);
        for (int i = 0; i < bytes.length; i++) {
            record[header.length + i] = (byte) bytes[i];
        }
        return record;
    }
}
