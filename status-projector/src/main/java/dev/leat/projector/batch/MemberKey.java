package dev.leat.projector.batch;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.apache.kafka.common.utils.Bytes;

import dev.leat.domain.batch.BatchId;

/**
 * The key of an entry of the store of operations.
 *
 * <p>As bytes: the batch's id (16), what it is (1), a number (4, big-endian). So the entries of one batch lie together,
 * those of one kind among them, and those in the order of their numbers.
 */
public record MemberKey(BatchId batch, Kind kind, int number) {

    private static final int SIZE = 2 * Long.BYTES + 1 + Integer.BYTES;

    /** What an entry is. */
    public enum Kind {
        /** What was asked for, by index: a record of the batches topic as it came. */
        OPERATION(1),
        /** A released operation, by index. */
        MEMBER(2),
        /** That an operation has been released and has not ended, by index. */
        OPEN(3),
        /** The index of an operation that has completed, by its place in the order of completion. */
        COMPLETED(4),
        /** That an operation has ended otherwise, by index. */
        FAILED(5);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /** As bytes. */
    public Bytes toBytes() {
        return Bytes.wrap(ByteBuffer.allocate(SIZE)
                .putLong(batch.value().getMostSignificantBits())
                .putLong(batch.value().getLeastSignificantBits())
                .put(kind.code)
                .putInt(number)
                .array());
    }

    /** The last key that an entry of this kind can have. */
    public static MemberKey lastOf(BatchId batch, Kind kind) {
        return new MemberKey(batch, kind, Integer.MAX_VALUE);
    }

    /** The number of an entry. */
    public static int numberOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(SIZE - Integer.BYTES);
    }

    /** Before the first entry of a batch. */
    static Bytes first(BatchId batch) {
        return new MemberKey(batch, Kind.OPERATION, 0).toBytes();
    }

    /** After the last entry of a batch, in any version of Leat. */
    static Bytes last(BatchId batch) {
        byte[] key = new MemberKey(batch, Kind.OPERATION, -1).toBytes().get();
        key[2 * Long.BYTES] = Byte.MAX_VALUE;
        return Bytes.wrap(key);
    }

    /** A number as the value of an entry. */
    static byte[] value(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** Reads what {@link #value} wrote; empty where it is something else. */
    static Optional<Integer> readValue(byte[] value) {
        return value.length == Integer.BYTES ? Optional.of(ByteBuffer.wrap(value).getInt()) : Optional.empty();
    }
}
