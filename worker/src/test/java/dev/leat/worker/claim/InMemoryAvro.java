package dev.leat.worker.claim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.DisconnectException;

import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** Codecs for tests without Kafka: the class's name in the place of a schema id, and a registry that can be away. */
final class InMemoryAvro {

    private static final int NAME = 100;

    private volatile boolean registryAway;

    void registryAway(boolean away) {
        registryAway = away;
    }

    Codecs codecs(Topics topics) {
        return Codecs.of(topics, (_, value) -> write((SpecificRecord) value), (_, bytes) -> read(bytes));
    }

    private static byte[] write(SpecificRecord value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            bytes.write(Arrays.copyOf(value.getClass().getName().getBytes(US_ASCII), NAME));
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object read(byte[] bytes) {
        if (registryAway) {
            throw new DisconnectException("the registry is away");
        }
        try {
            Class<?> type = Class.forName(new String(bytes, 0, NAME, US_ASCII).strip().replace("\0", ""));
            var decoder = DecoderFactory.get().binaryDecoder(bytes, NAME, bytes.length - NAME, null);
            return new SpecificDatumReader<Object>(SpecificData.get().getSchema(type)).read(new Object(), decoder);
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("no record: " + e, e);
        }
    }
}
