package dev.leat.schemas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Says what stands in the way of two versions of a schema living side by side: each must read what the other wrote
 * (FULL), and two things must hold that Avro's own check lets pass: a logical type stays (milliseconds read as
 * microseconds are still a long), and an enum keeps its symbols (a fact read as UNKNOWN is a lost fact).
 */
final class SchemaEvolution {

    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private SchemaEvolution() {}

    /** All problems in words; empty where there is none. */
    static List<String> problems(Schema released, Schema current) {
        SchemaEvolution evolution = new SchemaEvolution();
        evolution.checkReading("today's reader of what the released version wrote", current, released);
        evolution.checkReading("the released reader of what today's version writes", released, current);
        evolution.compare(released.getFullName(), released, current);
        return List.copyOf(evolution.problems);
    }

    private void checkReading(String who, Schema reader, Schema writer) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(incompatibility -> who + ": " + words(incompatibility))
                .forEach(problems::add);
    }

    private static String words(Incompatibility incompatibility) {
        return incompatibility.getType() + " at " + incompatibility.getLocation() + ": "
                + incompatibility.getMessage();
    }

    private void compare(String path, Schema released, Schema current) {
        if (!Objects.equals(logicalType(released), logicalType(current))) {
            problems.add("Expected " + path + " to keep its logical type '" + logicalType(released) + "', but it is '"
                    + logicalType(current) + "'");
        }
        if (released.getType() == current.getType()) {
            compareParts(path, released, current);
        }
    }

    private void compareParts(String path, Schema released, Schema current) {
        switch (released.getType()) {
            case RECORD -> {
                if (seen.add(released.getFullName())) {
                    compareFields(released, current);
                }
            }
            case ENUM -> released.getEnumSymbols()
                    .stream()
                    .filter(symbol -> !current.hasEnumSymbol(symbol))
                    .forEach(symbol -> problems.add("Expected " + path + " to keep the symbol " + symbol));
            case ARRAY -> compare(path + "[]", released.getElementType(), current.getElementType());
            case MAP -> compare(path + "{}", released.getValueType(), current.getValueType());
            case UNION -> branches(released).forEach(branch -> branches(current)
                    .filter(other -> other.getFullName().equals(branch.getFullName()))
                    .forEach(other -> compare(path, branch, other)));
            default -> {
                // a plain type, which Avro's own check has compared
            }
        }
    }

    private void compareFields(Schema released, Schema current) {
        for (Schema.Field field : released.getFields()) {
            Schema.Field now = current.getField(field.name());
            if (now != null) {
                compare(released.getName() + "." + field.name(), field.schema(), now.schema());
            }
        }
    }

    private static Stream<Schema> branches(Schema union) {
        return union.getTypes().stream();
    }

    private static String logicalType(Schema schema) {
        return schema.getLogicalType() == null ? "none" : schema.getLogicalType().getName();
    }
}
