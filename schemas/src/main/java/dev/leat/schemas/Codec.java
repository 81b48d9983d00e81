package dev.leat.schemas;

import java.util.Optional;
import java.util.function.Function;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

import dev.leat.schemas.serde.RegistryUnavailableException;
import dev.leat.schemas.serde.SerdeFault;

/**
 * Turns values of the domain into the bytes of a topic and back.
 *
 * <p>As thread-safe as the serializer and deserializer it was made with; Leat's own are.
 */
public final class Codec<T> {

    /** How one kind of record maps to and from its generated Avro class. */
    record Mapping<T, A extends SpecificRecord>(Class<A> type, Function<T, A> toAvro, FromAvro<T, A> fromAvro) {}

    /** Reads a generated record; empty where its kind is newer than this version knows. */
    @FunctionalInterface
    interface FromAvro<T, A> {
        Optional<T> read(String topic, A avro);
    }

    private final Mapping<T, SpecificRecord> mapping;
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;

    @SuppressWarnings("unchecked") // decode() checks the class before it hands a record to the mapping
    Codec(Mapping<T, ? extends SpecificRecord> mapping, Serializer<Object> serializer,
            Deserializer<Object> deserializer) {
        this.mapping = (Mapping<T, SpecificRecord>) mapping;
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /**
     * Writes a value for a topic.
     *
     * @throws RetriableException when the schema registry cannot be reached
     * @throws KafkaException when the schema registry refuses the schema
     */
    public byte[] encode(String topic, T value) {
        try {
            return serializer.serialize(topic, mapping.toAvro().apply(value));
        } catch (RuntimeException failure) {
            throw SerdeFault.of(failure).isRetriable() ? unavailable("write", topic, failure) : failure;
        }
    }

    /**
     * Reads a value that was found on a topic.
     *
     * @return empty where the record is of a kind that this version does not know: pass it over
     * @throws UndecodableRecordException when the bytes can never be read
     * @throws RetriableException when the schema registry cannot be reached, or refuses to give the record's schema: that
     *     is never the record's fault
     */
    public Optional<T> decode(String topic, byte[] bytes) {
        Object avro = read(topic, bytes);
        if (!mapping.type().isInstance(avro)) {
            throw new UndecodableRecordException("Expected a " + mapping.type().getSimpleName() + " on " + topic
                    + ", but got " + (avro == null ? "nothing" : avro.getClass().getName()));
        }
        try {
            return mapping.fromAvro().read(topic, mapping.type().cast(avro));
        } catch (IllegalArgumentException wrongValue) {
            throw new UndecodableRecordException(String.valueOf(wrongValue.getMessage()), wrongValue);
        }
    }

    private Object read(String topic, byte[] bytes) {
        try {
            return deserializer.deserialize(topic, bytes);
        } catch (RuntimeException failure) {
            if (SerdeFault.of(failure) != SerdeFault.RECORD) {
                throw unavailable("read", topic, failure);
            }
            throw new UndecodableRecordException("Expected a " + mapping.type().getSimpleName()
                    + " in Confluent's wire format on " + topic + ", but " + failure.getMessage(), failure);
        }
    }

    private RetriableException unavailable(String what, String topic, RuntimeException failure) {
        return failure instanceof RetriableException retriable
                ? retriable
                : new RegistryUnavailableException("Expected the schema registry to help to " + what + " a "
                        + mapping.type().getSimpleName() + " on " + topic + ", but " + failure.getMessage(), failure);
    }
}
