package dev.leat.projector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** Confluent's wire format with a registry that is a list in memory, and that can be taken away for some calls. */
public final class FramedAvro {

    static {
        // Avro makes instances of trusted classes alone; Leat's own deserializer says this by itself.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals("dev.leat.schemas.avro")));
    }

    private final List<Schema> schemas = new CopyOnWriteArrayList<>();
    private volatile int callsWithoutRegistry;

    public Codecs codecs(Topics topics) {
        Serializer<Object> serializer = (_, value) -> write((SpecificRecord) value);
        Deserializer<Object> deserializer = (_, bytes) -> read(bytes);
        return Codecs.of(topics, serializer, deserializer);
    }

    /** The next calls fail as they do when the registry cannot be reached. */
    public void takeRegistryAway(int calls) {
        callsWithoutRegistry = calls;
    }

    private byte[] write(SpecificRecord value) {
        ask();
        schemas.remove(value.getSchema());
        schemas.add(value.getSchema());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            bytes.write(
                    ByteBuffer.allocate(5).put((byte) 0).putInt(value.getSchema().getFullName().hashCode()).array());
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<>(value.getSchema(), SpecificData.getForSchema(value.getSchema())).write(value,
                    encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private Object read(byte @Nullable [] bytes) {
        ask();
        if (bytes == null || bytes.length < 5 || bytes[0] != 0) {
            throw new SerializationException("Expected a magic byte and a schema id");
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        Optional<Schema> schema = schemas.stream().filter(one -> one.getFullName().hashCode() == id).findFirst();
        Schema known = schema.orElseThrow(() -> new SerializationException("Unknown schema " + id));
        try {
            return new SpecificDatumReader<>(known, known, SpecificData.getForSchema(known)).read(null,
                    DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
        } catch (IOException | RuntimeException broken) {
            throw new SerializationException("Unreadable", broken);
        }
    }

    private synchronized void ask() {
        if (callsWithoutRegistry > 0) {
            callsWithoutRegistry--;
            throw new TimeoutException("no answer of the registry");
        }
    }
}
