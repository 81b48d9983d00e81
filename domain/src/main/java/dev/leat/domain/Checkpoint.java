package dev.leat.domain;

import java.util.Arrays;

/** What an attempt has left for the next one, in the handler's own form. Immutable; equal by content. */
public final class Checkpoint {

    /** The most that it may hold, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private final byte[] bytes;

    private Checkpoint(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A copy of these bytes.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_BYTES}
     */
    public static Checkpoint of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a checkpoint of at most " + MAX_BYTES + " bytes, but got " + bytes.length);
        }
        return new Checkpoint(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint checkpoint && Arrays.equals(bytes, checkpoint.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Checkpoint[" + bytes.length + " bytes]";
    }
}
