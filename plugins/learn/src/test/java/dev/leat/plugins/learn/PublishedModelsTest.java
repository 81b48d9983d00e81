package dev.leat.plugins.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The models are those that R's {@code lm} gives for the same data, as others have published them. Each figure is compared
 * to the last digit that was printed.
 */
class PublishedModelsTest {

    /**
     * Linear regression, lab 7 of the course BIOL 275 at Minnesota State University Moorhead, the output of
     * {@code summary(lm(body_mass_g ~ flipper_length_mm, data = penguins))}:
     * https://github.com/BIOL275-MSUM/BIOL275-MSUM.github.io/blob/2a49a45adb67b8cf4fca4bcdc6bda317004ce3c8/lab-7.md
     */
    @Test
    void shouldGiveThePublishedModelOfTheFlippers() throws IOException {
        Sample sample = Sample.of(formula(Predictor.FLIPPER_LENGTH_MM), PenguinTable.read());

        LinearModel model = LinearModel.fit(formula(Predictor.FLIPPER_LENGTH_MM), sample.rows());

        assertThat(sample.dropped()).isEqualTo(2);
        assertThat(model.degreesOfFreedom()).isEqualTo(340);
        assertEstimate(model, "(Intercept)", -5780.831, 305.815);
        assertEstimate(model, "flipper_length_mm", 49.686, 1.518);
        assertThat(model.residualStandardError()).isCloseTo(394.3, digits(1));
        assertThat(model.r2()).isCloseTo(0.759, digits(3));
        assertThat(model.adjustedR2()).isCloseTo(0.7583, digits(4));
    }

    /**
     * The reference of the R package workflows, the output of {@code lm} for
     * {@code body_mass_g ~ species + island + bill_depth_mm}, and the analysis of its variance (44378805 on 336 degrees of
     * freedom): https://workflows.tidymodels.org/dev/reference/add_formula.html
     */
    @Test
    void shouldGiveThePublishedModelOfSpeciesIslandsAndBills() throws IOException {
        Formula formula = formula(Predictor.SPECIES, Predictor.ISLAND, Predictor.BILL_DEPTH_MM);

        LinearModel model = LinearModel.fit(formula, Sample.of(formula, PenguinTable.read()).rows());

        assertThat(model.degreesOfFreedom()).isEqualTo(336);
        assertEstimate(model, "(Intercept)", -1009.943);
        assertEstimate(model, "speciesChinstrap", 1.328);
        assertEstimate(model, "speciesGentoo", 2236.865);
        assertEstimate(model, "islandDream", 9.221);
        assertEstimate(model, "islandTorgersen", -18.433);
        assertEstimate(model, "bill_depth_mm", 256.913);
        assertThat(model.residualStandardError() * model.residualStandardError() * 336).isCloseTo(44378805, digits(0));
    }

    /**
     * Linear Regression, chapter 5 of Data Science with R of Southern Methodist University, the output of {@code summary}
     * and {@code coef} for {@code lm(body_mass_g ~ bill_length_mm + bill_depth_mm + flipper_length_mm)}, on those penguins
     * of whom everything is known: https://southernmethodistuniversity.github.io/data-science-r/linear_reg.html
     */
    @Test
    void shouldGiveThePublishedModelOfAllLengths() throws IOException {
        Formula formula = formula(Predictor.BILL_LENGTH_MM, Predictor.BILL_DEPTH_MM, Predictor.FLIPPER_LENGTH_MM);

        LinearModel model = LinearModel.fit(formula, Sample.of(formula, fullyKnown()).rows());

        assertThat(model.degreesOfFreedom()).isEqualTo(329);
        assertEstimate(model, "(Intercept)", -6445.476, 566.130);
        assertEstimate(model, "bill_length_mm", 3.293, 5.366);
        assertEstimate(model, "bill_depth_mm", 17.836, 13.826);
        assertEstimate(model, "flipper_length_mm", 50.762, 2.497);
        assertThat(model.coefficients()).extracting(Coefficient::estimate).usingComparatorForType(
                (left, right) -> Math.abs(left - right) < 1e-6 ? 0 : Double.compare(left, right), Double.class)
                .containsExactly(-6445.476043, 3.292863, 17.836391, 50.762132);
        assertThat(model.r2()).isCloseTo(0.7639, digits(4));
        assertThat(model.adjustedR2()).isCloseTo(0.7618, digits(4));
    }

    /**
     * Charles A. Martin, Transition douce à l'analyse bayésienne (9 September 2025), section "Révision de l'approche
     * fréquentiste": the output of {@code summary} and {@code confint} for
     * {@code lm(body_mass_g ~ flipper_length_mm + bill_length_mm + sex + species)}.
     */
    @Test
    void shouldGiveThePublishedModelOfSexesAndSpecies() throws IOException {
        Formula formula = formula(Predictor.FLIPPER_LENGTH_MM, Predictor.BILL_LENGTH_MM, Predictor.SEX,
                Predictor.SPECIES);
        Sample sample = Sample.of(formula, PenguinTable.read());

        LinearModel model = LinearModel.fit(formula, sample.rows());

        assertThat(sample.dropped()).isEqualTo(11);
        assertThat(model.degreesOfFreedom()).isEqualTo(327);
        assertEstimate(model, "(Intercept)", -759.064, 541.377);
        assertEstimate(model, "flipper_length_mm", 17.847, 2.902);
        assertEstimate(model, "bill_length_mm", 21.633, 7.148);
        assertEstimate(model, "sexmale", 465.395, 43.081);
        assertEstimate(model, "speciesChinstrap", -291.711, 81.502);
        assertEstimate(model, "speciesGentoo", 707.028, 94.359);
        assertThat(model.r2()).isCloseTo(0.8705, digits(4));
        assertThat(model.adjustedR2()).isCloseTo(0.8685, digits(4));
        Coefficient flippers = coefficient(model, "flipper_length_mm");
        double margin = model.quantile(0.95) * flippers.standardError();
        assertThat(flippers.estimate() - margin).isCloseTo(12.138156, digits(6));
        assertThat(flippers.estimate() + margin).isCloseTo(23.55487, digits(5));
    }

    private static Formula formula(Predictor... predictors) {
        return Formula.of(Set.of(predictors));
    }

    private static List<Penguin> fullyKnown() throws IOException {
        Formula everything = formula(Predictor.values());
        return PenguinTable.read().stream().filter(penguin -> everything.missing(penguin).isEmpty()).toList();
    }

    private static void assertEstimate(LinearModel model, String term, double estimate, double standardError) {
        assertEstimate(model, term, estimate);
        assertThat(coefficient(model, term).standardError()).as("standard error of " + term).isCloseTo(standardError,
                digits(3));
    }

    private static void assertEstimate(LinearModel model, String term, double estimate) {
        assertThat(coefficient(model, term).estimate()).as(term).isCloseTo(estimate, digits(3));
    }

    private static Coefficient coefficient(LinearModel model, String term) {
        return model.coefficients().stream().filter(coefficient -> coefficient.term().equals(term)).findFirst()
                .orElseThrow();
    }

    /** Half of the last of so many digits after the point, and a little for how the figure itself is stored. */
    private static Offset<Double> digits(int digits) {
        return within(0.5000001 * Math.pow(10, -digits));
    }
}
