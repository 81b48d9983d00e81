package dev.leat.schemas.serde;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * The bytes of one record while it is written. {@link java.io.ByteArrayOutputStream} takes a lock for every field, which
 * costs as much as the encoding. For the thread that made it alone.
 */
final class RecordBuffer extends OutputStream {

    private byte[] bytes;
    private int length;

    RecordBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    @Override
    public void write(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    private void ensure(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
