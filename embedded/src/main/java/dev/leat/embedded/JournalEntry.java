package dev.leat.embedded;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A fact of the registry as its journal keeps it, in JSON. Of the entries with one key only the last one counts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
        @JsonSubTypes.Type(value = JournalEntry.SchemaRegistered.class, name = "schema-registered"),
        @JsonSubTypes.Type(value = JournalEntry.CompatibilitySet.class, name = "compatibility-set"),
        @JsonSubTypes.Type(value = JournalEntry.SubjectCompatibilitySet.class, name = "subject-compatibility-set"),
        @JsonSubTypes.Type(value = JournalEntry.InstanceStarted.class, name = "instance-started")})
sealed interface JournalEntry {

    /** Compaction keeps the last entry of each key. */
    String key();

    /** A subject got a version. The same id in two subjects names the same schema. */
    record SchemaRegistered(String subject, int version, int id, String schema) implements JournalEntry {
        @Override
        public String key() {
            return "schema/" + version + "/" + subject;
        }
    }

    /** The level of all subjects without one of their own. */
    record CompatibilitySet(CompatibilityLevel level) implements JournalEntry {
        @Override
        public String key() {
            return "compatibility";
        }
    }

    /** The level of one subject. */
    record SubjectCompatibilitySet(String subject, CompatibilityLevel level) implements JournalEntry {
        @Override
        public String key() {
            return "compatibility/" + subject;
        }
    }

    /** An instance took the journal over; all former ones are out. */
    record InstanceStarted(String instance, String url) implements JournalEntry {
        @Override
        public String key() {
            return "instance";
        }
    }
}
