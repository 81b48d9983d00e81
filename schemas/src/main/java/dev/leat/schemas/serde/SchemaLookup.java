package dev.leat.schemas.serde;

import org.apache.avro.Schema;

/** What the registry has under a schema id. */
public sealed interface SchemaLookup {

    /** An Avro schema. */
    record Found(Schema schema) implements SchemaLookup {}

    /** Something that cannot be read as an Avro schema on its own; {@code why} begins with a lower-case letter. */
    record Unusable(String why) implements SchemaLookup {}

    /** Nothing: the registry does not know the id. */
    record Unknown() implements SchemaLookup {}
}
