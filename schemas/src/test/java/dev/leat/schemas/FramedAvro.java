package dev.leat.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

import dev.leat.schemas.serde.TrustedPackages;

/** The wire format in its simplest form, with a list as the registry, so that the codecs are tested by themselves. */
final class FramedAvro implements Serializer<Object>, Deserializer<Object> {

    static final int HEADER = 5;

    private final List<Schema> registry = new CopyOnWriteArrayList<>();

    @Override
    public byte[] serialize(String topic, Object value) {
        Schema schema = ((GenericContainer) value).getSchema();
        if (!registry.contains(schema)) {
            registry.add(schema);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(HEADER).put((byte) 0).putInt(registry.indexOf(schema)).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        DatumWriter<Object> writer = value instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema)
                : new GenericDatumWriter<>(schema);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object deserialize(String topic, byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new SerializationException("the first byte is not 0");
        }
        Schema writer = registry.get(ByteBuffer.wrap(bytes, 1, 4).getInt());
        Schema reader = SpecificData.get().getSchema(SpecificData.get().getClass(writer));
        try {
            return new SpecificDatumReader<Object>(writer, reader).read(null,
                    DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
        } catch (IOException e) {
            throw new SerializationException("the record ends too early", e);
        }
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {}

    @Override
    public void close() {}
}
