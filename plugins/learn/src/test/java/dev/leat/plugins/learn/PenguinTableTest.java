package dev.leat.plugins.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PenguinTableTest {

    private static final String HEADER = "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year";

    @Test
    void shouldReadAllPenguins() throws IOException {
        List<Penguin> penguins = PenguinTable.read();

        assertThat(penguins).hasSize(344);
        assertThat(penguins.getFirst()).isEqualTo(new Penguin(Optional.of(Species.ADELIE),
                Optional.of(Island.TORGERSEN), OptionalDouble.of(39.1), OptionalDouble.of(18.7), OptionalDouble.of(181),
                Optional.of(Sex.MALE), OptionalInt.of(2007), OptionalDouble.of(3750)));
        assertThat(penguins.get(3)).isEqualTo(new Penguin(Optional.of(Species.ADELIE), Optional.of(Island.TORGERSEN),
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(),
                OptionalInt.of(2007), OptionalDouble.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Adelie,Dream,1,2,3,4,male", "Emperor,Dream,1,2,3,4,male,2007",
            "Adelie,Dream,long,2,3,4,male,2007"})
    void shouldRefuseWhatIsNoPenguin(String row) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> PenguinTable.parse(List.of(HEADER, row)))
                .withMessageStartingWith("Expected ");
    }

    @Test
    void shouldRefuseATableOfSomethingElse() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> PenguinTable.parse(List.of("a,b")))
                .withMessage("Expected a table of %s, but it begins with a,b".formatted(HEADER));
    }
}
