package dev.leat.projector.topology;

import java.util.Optional;

import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record that is about to be written, with its topic: only lanes have one that is not known beforehand.
 *
 * @param value empty for a record without one
 */
public record Outgoing(String topic, Optional<Bytes> value) {

    /** A record for a topic; one without a value where that is null. */
    public static Outgoing of(String topic, byte @Nullable [] value) {
        return new Outgoing(topic, Optional.ofNullable(value).map(Bytes::wrap));
    }

    /** Gives the bytes as they are. */
    public static Serializer<Outgoing> serializer() {
        return (_, outgoing) -> bytes(outgoing);
    }

    private static byte @Nullable [] bytes(Outgoing outgoing) {
        return outgoing.value().map(Bytes::get).orElse(null);
    }

    /** Gives the topic that the record is for. */
    public static TopicNameExtractor<byte[], Outgoing> topicName() {
        return (_, outgoing, _) -> outgoing.topic();
    }
}
