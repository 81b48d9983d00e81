package dev.leat.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.leat.embedded.JournalEntry.CompatibilitySet;
import dev.leat.embedded.JournalEntry.InstanceStarted;
import dev.leat.embedded.JournalEntry.SchemaRegistered;
import dev.leat.embedded.JournalEntry.SubjectCompatibilitySet;

/**
 * The fold of the journal: subjects, versions, ids, levels. The journal's thread alone applies; any thread reads. Nothing
 * is ever taken out, so what it answers once stays true.
 */
final class SchemaCatalog {

    /** All guarded by this. */
    private final SortedMap<String, TreeMap<Integer, SchemaRegistered>> subjects = new TreeMap<>();
    private final SortedMap<Integer, String> schemas = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel defaultLevel = CompatibilityLevel.BACKWARD;

    synchronized void apply(JournalEntry entry) {
        switch (entry) {
            case SchemaRegistered registered -> add(registered);
            case CompatibilitySet set -> defaultLevel = set.level();
            case SubjectCompatibilitySet set -> levels.put(set.subject(), set.level());
            case InstanceStarted started -> {
                // Says who may write, not what was written.
            }
        }
    }

    private void add(SchemaRegistered registered) {
        subjects.computeIfAbsent(registered.subject(), subject -> new TreeMap<>()).put(registered.version(),
                registered);
        schemas.put(registered.id(), registered.schema());
        ids.put(registered.schema(), registered.id());
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** In their order; empty where the subject is unknown. */
    synchronized List<SchemaRegistered> versions(String subject) {
        TreeMap<Integer, SchemaRegistered> versions = subjects.get(subject);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    synchronized Optional<SchemaRegistered> version(String subject, int version) {
        return Optional.ofNullable(subjects.get(subject)).map(versions -> versions.get(version));
    }

    /** The subject's version with this canonical schema. */
    synchronized Optional<SchemaRegistered> find(String subject, String schema) {
        return versions(subject).stream().filter(version -> version.schema().equals(schema)).findFirst();
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    /** All versions of all subjects with this id. */
    synchronized List<SchemaRegistered> uses(int id) {
        List<SchemaRegistered> uses = new ArrayList<>();
        subjects.values().forEach(
                versions -> versions.values().stream().filter(version -> version.id() == id).forEach(uses::add));
        return uses;
    }

    /** The id that the canonical schema has, or that it would get. */
    synchronized int idFor(String schema) {
        Integer known = ids.get(schema);
        if (known != null) {
            return known;
        }
        return schemas.isEmpty() ? 1 : schemas.lastKey() + 1;
    }

    synchronized CompatibilityLevel defaultLevel() {
        return defaultLevel;
    }

    /** The subject's own level. */
    synchronized Optional<CompatibilityLevel> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }
}
