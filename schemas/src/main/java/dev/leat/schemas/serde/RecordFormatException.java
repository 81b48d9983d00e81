package dev.leat.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The record itself is at fault: the same bytes will fail again, however often they are read. The registry was reachable
 * or was not needed to find that out.
 */
public final class RecordFormatException extends SerializationException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the record. */
    public enum Reason {
        /** Fewer bytes than the header of the wire format. */
        TOO_SHORT,
        /** The first byte is not 0: no record in this wire format. */
        WRONG_MAGIC_BYTE,
        /** The registry says that it has no schema with the record's id. */
        UNKNOWN_SCHEMA_ID,
        /** The record's schema is no Avro schema, refers to others, or has no Java class. */
        UNUSABLE_SCHEMA,
        /** The record's schema cannot be read as the expected one. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes are not what the record's schema says: cut off, or with impossible lengths or indexes. */
        MALFORMED_AVRO,
        /** Bytes are left after the record's end. */
        TRAILING_BYTES
    }

    private final Reason reason;

    RecordFormatException(Reason reason, String topic, String message) {
        this(reason, topic, message, null);
    }

    RecordFormatException(Reason reason, String topic, String message, @Nullable Throwable cause) {
        super(message + " (topic " + topic + ")", cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
