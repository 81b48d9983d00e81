package dev.leat.embedded;

import java.util.List;

import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompatibilityLevelTest {

    private final Schema first = parse(Schemas.FIRST);
    private final Schema withDefault = parse(Schemas.WITH_DEFAULT);
    private final Schema withoutDefault = parse(Schemas.WITHOUT_DEFAULT);
    private final Schema otherType = parse(Schemas.OTHER_TYPE);

    @ParameterizedTest
    @CsvSource({
            "NONE, true, true, true",
            "BACKWARD, true, false, false",
            "BACKWARD_TRANSITIVE, true, false, false",
            "FORWARD, true, true, false",
            "FORWARD_TRANSITIVE, true, true, false",
            "FULL, true, false, false",
            "FULL_TRANSITIVE, true, false, false"})
    void shouldJudgeTheNextVersion(CompatibilityLevel level, boolean optional, boolean required, boolean retyped) {
        assertThat(accepts(level, withDefault, first)).isEqualTo(optional);
        assertThat(accepts(level, withoutDefault, first)).isEqualTo(required);
        assertThat(accepts(level, otherType, first)).isEqualTo(retyped);
    }

    @ParameterizedTest
    @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false", "FORWARD, true", "FORWARD_TRANSITIVE, false",
            "FULL, true", "FULL_TRANSITIVE, false", "NONE, true"})
    void shouldLookBehindTheLastVersionOnlyWhereTransitive(CompatibilityLevel level, boolean accepted) {
        assertThat(accepts(level, first, otherType, first)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"NONE", "BACKWARD", "FULL_TRANSITIVE"})
    void shouldAcceptTheFirstVersion(CompatibilityLevel level) {
        assertThat(accepts(level, first)).isTrue();
    }

    private static boolean accepts(CompatibilityLevel level, Schema candidate, Schema... earlier) {
        return level.violations(candidate, List.of(earlier)).isEmpty();
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }
}
