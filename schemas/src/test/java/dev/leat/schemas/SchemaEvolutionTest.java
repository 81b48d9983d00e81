package dev.leat.schemas;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every version can read what every other wrote, so that services are upgraded in any order, one at a time. The rule
 * for {@code released/} stands in {@code docs/kafka.md}.
 */
class SchemaEvolutionTest {

    /** Run with {@code -Dleat.schemas.write=true} to write the draft anew. */
    @Test
    void shouldKeepTheDraftOfTheVersionBeingBuiltEqualToTheSchemas() throws IOException {
        Path draft = SchemaFiles.RELEASED.resolve(SchemaFiles.versionBeingBuilt());
        SortedMap<String, String> current = SchemaFiles.texts(SchemaFiles.CURRENT);
        if (Boolean.getBoolean("leat.schemas.write")) {
            Files.createDirectories(draft);
            for (String file : current.keySet()) {
                Files.writeString(draft.resolve(file), requireNonNull(current.get(file)));
            }
        }
        assertThat(draft).isDirectory();
        assertThat(SchemaFiles.texts(draft)).isEqualTo(current);
    }

    @TestFactory
    Stream<DynamicTest> shouldReadAndBeReadByEveryReleasedVersion() throws IOException {
        SortedMap<String, String> current = SchemaFiles.texts(SchemaFiles.CURRENT);
        SortedMap<String, String> released = new TreeMap<>();
        for (Path version : SchemaFiles.versions()) {
            SchemaFiles.texts(version).forEach((file, text) -> released.put(version.getFileName() + "/" + file, text));
        }
        return released.keySet().stream().map(file -> dynamicTest(file, () -> {
            String name = file.substring(file.indexOf('/') + 1);
            assertThat(current).as("schemas of today").containsKey(name);
            assertThat(problems(requireNonNull(released.get(file)), requireNonNull(current.get(name)))).isEmpty();
        }));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a new field without a default | "fields": [ | "fields": [{"name":"f","type":"int"}, | READER_FIELD_MISSING
            another type of a field | "type": "int" | "type": "long" | TYPE_MISMATCH
            a lost field without a default | "name": "type", | "name": "jobType", | READER_FIELD_MISSING
            another unit of time | timestamp-millis | timestamp-micros | keep its logical type 'timestamp-millis'
            a unit of time gone | , "logicalType": "timestamp-millis" | `` | keep its logical type 'timestamp-millis'
            a field that may now be null | "type": "int" | "type": ["int", "null"] | TYPE_MISMATCH
            another name of the record | "JobCommand" | "Command" | NAME_MISMATCH
            """)
    void shouldNoticeIncompatibleCommand(String change, String from, String to, String expected) throws IOException {
        assertThat(problemsOfChange("JobCommand.avsc", from, to)).as(change).anyMatch(text -> text.contains(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a lost symbol | "ATTEMPT_FAILED", | `` | keep the symbol ATTEMPT_FAILED
            a new part in the union | ["null", "string"] | ["null", "string", "long"] | MISSING_UNION_BRANCH
            """)
    void shouldNoticeIncompatibleEvent(String change, String from, String to, String expected) throws IOException {
        assertThat(problemsOfChange("JobEvent.avsc", from, to)).as(change).anyMatch(text -> text.contains(expected));
    }

    @Test
    void shouldNoticeNewSymbolOfEnumWithoutDefault() {
        String released = """
                {"type":"enum","name":"Kind","symbols":["A"]}""";
        String current = """
                {"type":"enum","name":"Kind","symbols":["A","B"]}""";
        assertThat(problems(released, current)).singleElement().asString().contains("MISSING_ENUM_SYMBOLS");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a new kind | "JOB_TIMED_OUT" | "JOB_TIMED_OUT", "JOB_PRAISED"
            a new part | "fields": [ | "fields": [{"name":"f","type":["null","int"],"default":null},
            other words of a doc | What happened. | What has happened.
            """)
    void shouldLetEventsGrow(String change, String from, String to) throws IOException {
        assertThat(problemsOfChange("JobEvent.avsc", from, to)).as(change).isEmpty();
    }

    private static List<String> problemsOfChange(String file, String from, String to) throws IOException {
        String text = requireNonNull(SchemaFiles.texts(SchemaFiles.CURRENT).get(file));
        int at = text.indexOf(from);
        assertThat(at).as("'%s' in %s", from, file).isNotNegative();
        return problems(text, text.substring(0, at) + to + text.substring(at + from.length()));
    }

    private static List<String> problems(String released, String current) {
        return SchemaEvolution.problems(SchemaFiles.parse(released), SchemaFiles.parse(current));
    }
}
