package dev.leat.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a new version of a schema owes to the earlier ones. The names are the protocol's. */
enum CompatibilityLevel {

    NONE(false, false, false),
    /** The new schema reads what the last one wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The last schema reads what the new one writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    static Optional<CompatibilityLevel> named(String name) {
        return Arrays.stream(values()).filter(level -> level.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    }

    /**
     * What stands between the candidate and the earlier versions.
     *
     * @param earlier in the order of their versions
     * @return empty where the candidate is compatible
     */
    List<String> violations(Schema candidate, List<Schema> earlier) {
        List<Schema> judged = transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
        List<String> violations = new ArrayList<>();
        for (Schema old : judged) {
            if (newReadsOld) {
                violations.addAll(misreadings(candidate, old, "the new schema cannot read an earlier one's data"));
            }
            if (oldReadsNew) {
                violations.addAll(misreadings(old, candidate, "an earlier schema cannot read the new one's data"));
            }
        }
        return violations;
    }

    private static List<String> misreadings(Schema reader, Schema writer, String what) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult().getIncompatibilities()
                .stream()
                .map(found -> "%s: %s at %s: %s".formatted(what, found.getType(), found.getLocation(),
                        found.getMessage()))
                .toList();
    }
}
