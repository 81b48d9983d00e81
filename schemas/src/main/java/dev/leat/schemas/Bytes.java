package dev.leat.schemas;

import java.nio.ByteBuffer;

import dev.leat.domain.Checkpoint;

/** Bytes as Avro's generated classes hold them. */
final class Bytes {

    private Bytes() {}

    static ByteBuffer write(Checkpoint checkpoint) {
        return ByteBuffer.wrap(checkpoint.bytes());
    }

    static ByteBuffer write(byte[] framed) {
        return ByteBuffer.wrap(framed);
    }

    static byte[] read(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }

    static Checkpoint checkpoint(ByteBuffer data) {
        return Checkpoint.of(read(data));
    }
}
