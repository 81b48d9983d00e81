package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How every schema is written: each part explained, times as logical types. */
class SchemaFormTest {

    private static List<Schema> schemas() throws IOException {
        return SchemaFiles.texts(SchemaFiles.CURRENT).values().stream().map(SchemaFiles::parse).toList();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldExplainEveryRecordFieldAndEnum(Schema schema) {
        assertThat(new Inspection().of(schema).unexplained).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldGiveTimesALogicalType(Schema schema) {
        assertThat(new Inspection().of(schema).timesWithoutUnit).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldGiveEveryEnumADefault(Schema schema) {
        assertThat(new Inspection().of(schema).enumsWithoutDefault).isEmpty();
    }

    @Test
    void shouldNameEachFileAfterItsRecord() throws IOException {
        for (Map.Entry<String, String> file : SchemaFiles.texts(SchemaFiles.CURRENT).entrySet()) {
            assertThat("dev.leat.schemas.avro." + file.getKey())
                    .isEqualTo(SchemaFiles.parse(file.getValue()).getFullName() + ".avsc");
        }
    }

    @Test
    void shouldNoticeWhatIsMissing() {
        Inspection inspection = new Inspection().of(SchemaFiles.parse("""
                {"type":"record","name":"R","doc":" ","fields":[
                 {"name":"endedAt","type":["null","long"],"doc":"When."},
                 {"name":"kind","type":{"type":"enum","name":"K","symbols":["A"]}}]}"""));

        assertThat(inspection.unexplained).containsExactly("R", "R.kind", "K");
        assertThat(inspection.timesWithoutUnit).containsExactly("R.endedAt");
        assertThat(inspection.enumsWithoutDefault).containsExactly("K");
    }

    /** Walks through a schema and all that it is made of. */
    private static final class Inspection {
        private final List<String> unexplained = new ArrayList<>();
        private final List<String> timesWithoutUnit = new ArrayList<>();
        private final List<String> enumsWithoutDefault = new ArrayList<>();

        Inspection of(Schema schema) {
            switch (schema.getType()) {
                case RECORD -> {
                    checkDoc(schema.getName(), schema.getDoc());
                    schema.getFields().forEach(field -> visit(schema, field));
                }
                case ENUM -> {
                    checkDoc(schema.getName(), schema.getDoc());
                    if (schema.getEnumDefault() == null) {
                        enumsWithoutDefault.add(schema.getName());
                    }
                }
                case ARRAY -> of(schema.getElementType());
                case UNION -> schema.getTypes().forEach(this::of);
                default -> {
                    // plain types have nothing to explain
                }
            }
            return this;
        }

        private void visit(Schema owner, Schema.Field field) {
            String name = owner.getName() + "." + field.name();
            checkDoc(name, field.doc());
            if (field.name().endsWith("At") && !isTimestamp(field.schema())) {
                timesWithoutUnit.add(name);
            }
            of(field.schema());
        }

        private void checkDoc(String name, String doc) {
            if (doc == null || doc.isBlank()) {
                unexplained.add(name);
            }
        }

        private static boolean isTimestamp(Schema schema) {
            return schema.getType() == Schema.Type.UNION
                    ? schema.getTypes()
                            .stream()
                            .filter(branch -> branch.getType() != Schema.Type.NULL)
                            .allMatch(Inspection::isTimestamp)
                    : schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
        }
    }
}
