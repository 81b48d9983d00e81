package dev.leat.schemas;

import java.nio.ByteBuffer;

import dev.leat.domain.Checkpoint;

/** Bytes as Avro's generated classes hold them. */
final class Bytes {

    private Bytes() {}

    static ByteBuffer write(Checkpoint checkpoint) {
        return ByteBuffer.wrap(checkpoint.bytes());
    }

    static Checkpoint checkpoint(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return Checkpoint.of(bytes);
    }
}
