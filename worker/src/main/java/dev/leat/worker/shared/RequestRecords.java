package dev.leat.worker.shared;

import org.apache.kafka.common.errors.RetriableException;

import dev.leat.plugin.NotAcknowledgedException;
import dev.leat.schemas.Codec;
import dev.leat.schemas.RecordSizes;

/** Makes records of what handlers ask for. */
final class RequestRecords {

    private RequestRecords() {}

    /**
     * The value of a record.
     *
     * @param request says what is asked for, in messages
     * @throws NotAcknowledgedException where the schema registry is away
     * @throws IllegalArgumentException where it is too large
     */
    static <T> byte[] encode(Codec<T> codec, String topic, T value, Object request) {
        byte[] encoded;
        try {
            encoded = codec.encode(topic, value);
        } catch (RetriableException registryAway) {
            throw new NotAcknowledgedException("Expected the schema registry to answer for %s, but: %s"
                    .formatted(request, registryAway.getMessage()), registryAway);
        }
        if (encoded.length > RecordSizes.MAX_COMMAND) {
            throw new IllegalArgumentException("Expected %s to make a record of at most %d bytes, but it has %d"
                    .formatted(request, RecordSizes.MAX_COMMAND, encoded.length));
        }
        return encoded;
    }
}
