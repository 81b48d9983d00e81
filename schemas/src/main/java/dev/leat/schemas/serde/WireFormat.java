package dev.leat.schemas.serde;

import dev.leat.schemas.serde.RecordFormatException.Reason;

/** Confluent's frame around Avro binary: the byte 0, then the schema's id in four bytes, most significant first. */
final class WireFormat {

    static final int HEADER_LENGTH = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** The header of a record whose schema has this id. */
    static byte[] header(int schemaId) {
        return new byte[]{MAGIC, (byte) (schemaId >>> 24), (byte) (schemaId >>> 16), (byte) (schemaId >>> 8),
                (byte) schemaId};
    }

    /**
     * Reads the schema's id.
     *
     * @throws RecordFormatException where the bytes do not begin with such a header
     */
    static int schemaId(String topic, byte[] data) {
        if (data.length > 0 && data[0] != MAGIC) {
            throw new RecordFormatException(Reason.WRONG_MAGIC_BYTE, topic,
                    "Expected a record that begins with the byte 0x00 and a schema id, but it begins with 0x%02x"
                            .formatted(data[0]));
        }
        if (data.length < HEADER_LENGTH) {
            throw new RecordFormatException(Reason.TOO_SHORT, topic,
                    "Expected a record of at least " + HEADER_LENGTH + " bytes, but it has " + data.length);
        }
        return (data[1] & 0xff) << 24 | (data[2] & 0xff) << 16 | (data[3] & 0xff) << 8 | (data[4] & 0xff);
    }
}
