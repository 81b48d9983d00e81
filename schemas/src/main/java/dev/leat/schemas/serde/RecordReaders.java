package dev.leat.schemas.serde;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.leat.schemas.serde.RecordFormatException.Reason;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One reader per schema id, kept for ever: a registry does not forget ids, and only ids that it knows get here.
 * Thread-safe. Readers are made with Avro's fast reader directly, since {@code GenericDatumReader} caches per thread,
 * which would be made anew for every virtual thread, and publishes its fast reader to other threads unsafely.
 */
final class RecordReaders {

    private final ConcurrentMap<Integer, RecordReader> readers = new ConcurrentHashMap<>();
    private final RegistryClient registry;
    private final boolean specific;
    private final Optional<Class<? extends SpecificRecord>> specificType;

    /**
     * @param specific     whether records become generated classes
     * @param specificType the class that every record becomes; otherwise its schema names it
     */
    RecordReaders(RegistryClient registry, boolean specific, Optional<Class<? extends SpecificRecord>> specificType) {
        this.registry = registry;
        this.specific = specific;
        this.specificType = specificType;
    }

    /**
     * The reader of the records that were written with the schema of this id.
     *
     * @throws RecordFormatException where the registry does not know it or nothing can be read with it
     */
    RecordReader of(int schemaId, String topic) {
        @Nullable
        RecordReader known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        Schema writer = switch (registry.schemaById(schemaId)) {
            case SchemaLookup.Found(Schema schema) -> schema;
            case SchemaLookup.Unusable(String why) -> throw unusable(topic, schemaId, why, null);
            case SchemaLookup.Unknown() -> throw new RecordFormatException(Reason.UNKNOWN_SCHEMA_ID, topic,
                    "Expected a record whose schema is registered, but the registry does not know schema id "
                            + schemaId);
        };
        RecordReader reader = newReader(topic, schemaId, writer);
        readers.put(schemaId, reader);
        return reader;
    }

    private RecordReader newReader(String topic, int schemaId, Schema writer) {
        try {
            if (!specific) {
                return RecordReader.of(schemaId, writer, writer, new FastReaderBuilder(GenericData.get()));
            }
            Class<? extends SpecificRecord> type = specificType.isPresent() ? specificType.get() : classOf(writer);
            Schema reader = SpecificData.get().getSchema(type);
            return RecordReader.of(schemaId, writer, reader, new FastReaderBuilder(SpecificData.getForClass(type)));
        } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError
                | StackOverflowError e) {
            throw unusable(topic, schemaId, "no reader can be made for " + writer.getFullName() + ": " + e, e);
        }
    }

    /** Loads the class without running any of its code: its name comes from whoever registered the schema. */
    private static Class<? extends SpecificRecord> classOf(Schema writer) throws ReflectiveOperationException {
        return Class.forName(writer.getFullName(), false, RecordReaders.class.getClassLoader())
                .asSubclass(SpecificRecord.class);
    }

    private static RecordFormatException unusable(String topic, int schemaId, String why,
            @Nullable Throwable cause) {
        return new RecordFormatException(Reason.UNUSABLE_SCHEMA, topic,
                "Expected a record with a usable Avro schema, but schema id " + schemaId + " is not: " + why, cause);
    }
}
