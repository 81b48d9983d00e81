package dev.leat.embedded;

import java.util.List;
import java.util.Optional;

import dev.leat.embedded.JournalEntry.CompatibilitySet;
import dev.leat.embedded.JournalEntry.SchemaRegistered;
import dev.leat.embedded.JournalEntry.SubjectCompatibilitySet;

import org.apache.avro.Schema;

/**
 * What the registry does, free of HTTP. Any thread may call; writes go one after the other. Every method throws
 * {@link RegistryException} for what it refuses.
 */
final class RegistryService {

    private static final String LATEST = "latest";

    private final SchemaCatalog catalog;
    private final RegistryJournal journal;

    RegistryService(SchemaCatalog catalog, RegistryJournal journal) {
        this.catalog = catalog;
        this.journal = journal;
    }

    /** Refuses everything once a newer instance has taken over. */
    void requireServing() {
        journal.requireServing();
    }

    List<String> subjects() {
        return catalog.subjects();
    }

    List<SchemaRegistered> versions(String subject) {
        List<SchemaRegistered> versions = catalog.versions(subject);
        if (versions.isEmpty()) {
            throw RegistryException.subjectNotFound(subject);
        }
        return versions;
    }

    /** A version by its number or as "latest". */
    SchemaRegistered version(String subject, String version) {
        Optional<Integer> number = versionNumber(version);
        List<SchemaRegistered> versions = versions(subject);
        if (number.isEmpty()) {
            return versions.getLast();
        }
        return catalog.version(subject, number.get()).orElseThrow(() -> RegistryException.versionNotFound(version));
    }

    String schema(int id) {
        return catalog.schema(id).orElseThrow(() -> RegistryException.schemaNotFound(Integer.toString(id)));
    }

    List<SchemaRegistered> uses(int id) {
        schema(id);
        return catalog.uses(id);
    }

    /** The version that the subject has of the schema. */
    SchemaRegistered find(String subject, String schemaText) {
        String canonical = parse(schemaText).toString();
        versions(subject);
        return catalog.find(subject, canonical)
                .orElseThrow(() -> RegistryException.schemaNotFound("in subject '" + subject + "'"));
    }

    /** The version that the subject has of the schema, a new one where there is none. */
    SchemaRegistered register(String subject, String schemaText) {
        requireSubjectName(subject);
        Schema schema = parse(schemaText);
        String canonical = schema.toString();
        Optional<SchemaRegistered> known = catalog.find(subject, canonical);
        return known.isPresent() ? known.get() : registerNew(subject, schema, canonical);
    }

    private synchronized SchemaRegistered registerNew(String subject, Schema schema, String canonical) {
        journal.catchUp();
        Optional<SchemaRegistered> known = catalog.find(subject, canonical);
        if (known.isPresent()) {
            return known.get();
        }
        List<SchemaRegistered> earlier = catalog.versions(subject);
        List<String> violations = violations(subject, schema, earlier);
        if (!violations.isEmpty()) {
            throw new RegistryException(409, 409,
                    "Schema being registered is incompatible with an earlier schema for subject '%s' (%s): %s"
                            .formatted(subject, levelOf(subject), String.join("; ", violations)));
        }
        int version = earlier.isEmpty() ? 1 : earlier.getLast().version() + 1;
        SchemaRegistered registered = new SchemaRegistered(subject, version, catalog.idFor(canonical), canonical);
        journal.append(registered);
        return registered;
    }

    /** What keeps the schema from following the version (or all versions): empty where it is compatible. */
    List<String> violations(String subject, Optional<String> version, String schemaText) {
        Schema schema = parse(schemaText);
        return violations(subject, schema,
                version.map(v -> List.of(version(subject, v))).orElseGet(() -> versions(subject)));
    }

    private List<String> violations(String subject, Schema schema, List<SchemaRegistered> earlier) {
        return levelOf(subject).violations(schema, earlier.stream().map(version -> parse(version.schema())).toList());
    }

    CompatibilityLevel level() {
        return catalog.defaultLevel();
    }

    /** The subject's own level, or the default one where that is asked for. */
    CompatibilityLevel level(String subject, boolean orDefault) {
        return orDefault
                ? levelOf(subject)
                : catalog.level(subject).orElseThrow(() -> RegistryException.noLevelOfItsOwn(subject));
    }

    private CompatibilityLevel levelOf(String subject) {
        return catalog.level(subject).orElseGet(catalog::defaultLevel);
    }

    synchronized void setLevel(CompatibilityLevel level) {
        journal.catchUp();
        journal.append(new CompatibilitySet(level));
    }

    synchronized void setLevel(String subject, CompatibilityLevel level) {
        requireSubjectName(subject);
        journal.catchUp();
        journal.append(new SubjectCompatibilitySet(subject, level));
    }

    private static Schema parse(String schemaText) {
        try {
            return new Schema.Parser().parse(schemaText);
        } catch (RuntimeException e) {
            // Avro has no one type for what it does not like.
            throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw RegistryException.invalidSchema("it is nested too deeply");
        }
    }

    private static Optional<Integer> versionNumber(String version) {
        if (version.equals(LATEST) || version.equals("-1")) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Refused below, as are zero and less.
        }
        throw RegistryException.invalidVersion(version);
    }

    private static void requireSubjectName(String subject) {
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw new RegistryException(422, 42208, "Expected a subject name of visible characters, but it is '%s'."
                    .formatted(subject.replaceAll("\\p{Cntrl}", "?")));
        }
    }
}
