package dev.leat.plugins.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinearModelTest {

    private static final Formula FLIPPERS = Formula.of(Set.of(Predictor.FLIPPER_LENGTH_MM));

    private static LinearModel flippers() throws IOException {
        return LinearModel.fit(FLIPPERS, Sample.of(FLIPPERS, PenguinTable.read()).rows());
    }

    @Test
    void shouldNameTermsAsRDoes() {
        Formula formula = Formula.of(Set.of(Predictor.SEX, Predictor.YEAR, Predictor.SPECIES));

        assertThat(formula).hasToString("body_mass_g ~ species + sex + year");
        assertThat(formula.terms()).containsExactly("(Intercept)", "speciesChinstrap", "speciesGentoo", "sexmale",
                "year");
    }

    @Test
    void shouldCompareLevelsToTheFirstOne() throws IOException {
        Formula formula = Formula.of(Set.of(Predictor.SPECIES, Predictor.ISLAND));
        List<Penguin> penguins = PenguinTable.read();

        assertThat(formula.encode(penguins.getFirst()).orElseThrow()).containsExactly(0.0, 0.0, 0.0, 1.0);
        assertThat(formula.encode(penguins.get(200)).orElseThrow()).containsExactly(0.0, 1.0, 0.0, 0.0);
        assertThat(formula.encode(penguins.getLast()).orElseThrow()).containsExactly(1.0, 0.0, 1.0, 0.0);
    }

    /** The interval by the textbook's formula for one predictor, which needs no matrices. */
    @Test
    void shouldBeLessSureFarFromTheData() throws IOException {
        LinearModel model = flippers();
        double[] lengths = Sample.of(FLIPPERS, PenguinTable.read()).rows().stream()
                .mapToDouble(row -> row.terms().getFirst())
                .toArray();
        double mean = Arrays.stream(lengths).average().orElseThrow();
        double squares = Arrays.stream(lengths).map(length -> (length - mean) * (length - mean)).sum();

        for (double length : new double[]{mean, 172, 231, 300}) {
            double error = model.residualStandardError()
                    * Math.sqrt(1 + 1.0 / lengths.length + (length - mean) * (length - mean) / squares);
            LinearModel.Prediction prediction = model.predict(List.of(length), 0.95);
            assertThat(prediction.mass() - prediction.low()).isCloseTo(model.quantile(0.95) * error, within(1e-6));
            assertThat(prediction.high() - prediction.mass()).isCloseTo(model.quantile(0.95) * error, within(1e-6));
        }
    }

    @Test
    void shouldHoldAsManyPenguinsInItsIntervalsAsItSays() throws IOException {
        LinearModel model = flippers();
        List<Sample.Row> rows = Sample.of(FLIPPERS, PenguinTable.read()).rows();

        long inside = rows.stream().filter(row -> {
            LinearModel.Prediction prediction = model.predict(row.terms(), 0.9);
            return row.mass() >= prediction.low() && row.mass() <= prediction.high();
        }).count();

        assertThat((double) inside / rows.size()).isCloseTo(0.9, within(0.03));
    }
}
