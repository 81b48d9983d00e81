package dev.leat.schemas.serde;

import java.io.IOException;

import dev.leat.schemas.serde.RecordFormatException.Reason;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SystemLimitException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;

/**
 * Reads the records of one schema id. Thread-safe: the reader behind it keeps no state between records, and the decoder,
 * which reads the record's own bytes in place, is made for each.
 *
 * <p>Lengths that a record claims are checked against the bytes that it has before anything is allocated for them. What
 * a record can cost is bounded by its size, as long as its schema is not hostile: with
 * {@value SerdeConfig#SPECIFIC_READER} nothing is allocated by the record's schema, only by the class's own.
 */
final class RecordReader {

    private final int schemaId;
    private final Schema writer;
    private final boolean compatible;
    private final DatumReader<Object> reader;

    private RecordReader(int schemaId, Schema writer, boolean compatible, DatumReader<Object> reader) {
        this.schemaId = schemaId;
        this.writer = writer;
        this.compatible = compatible;
        this.reader = reader;
    }

    static RecordReader of(int schemaId, Schema writer, Schema expected, FastReaderBuilder builder) throws IOException {
        boolean compatible = writer.equals(expected)
                || SchemaCompatibility.checkReaderWriterCompatibility(expected, writer)
                        .getType() == SchemaCompatibilityType.COMPATIBLE;
        return new RecordReader(schemaId, writer, compatible, builder.createDatumReader(writer, expected));
    }

    /**
     * Reads a record, header included.
     *
     * @throws RecordFormatException where the bytes are not exactly one such record
     */
    Object read(byte[] data, String topic) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, WireFormat.HEADER_LENGTH,
                data.length - WireFormat.HEADER_LENGTH, null);
        Object record;
        boolean atEnd;
        // Counts what takes no bytes, such as an array of nulls, over the whole record.
        SystemLimitException.beginCollectionAllocationScope();
        try {
            record = reader.read(null, decoder);
            atEnd = decoder.isEnd();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A record of a recursive schema can be nested as deep as it has bytes; the stack is intact again here.
            throw new RecordFormatException(compatible ? Reason.MALFORMED_AVRO : Reason.INCOMPATIBLE_SCHEMA, topic,
                    "Expected " + description() + ", but " + e, e);
        } finally {
            SystemLimitException.endCollectionAllocationScope();
        }
        if (!atEnd) {
            throw new RecordFormatException(Reason.TRAILING_BYTES, topic,
                    "Expected " + description() + " and no more, but " + data.length + " bytes hold more");
        }
        return record;
    }

    private String description() {
        return "a record of schema " + writer.getFullName() + " (id " + schemaId + ")";
    }
}
