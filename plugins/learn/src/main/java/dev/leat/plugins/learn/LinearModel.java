package dev.leat.plugins.learn;

import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * A linear regression that was fitted by least squares, with what is needed to say how sure it is.
 *
 * @param formula which predictors it has
 * @param coefficients one for each term, the intercept first
 * @param inverse the inverse of X'X, where X has a row for each penguin and a column for each term
 * @param residualStandardError in grams
 * @param degreesOfFreedom rows less terms
 * @param r2 the part of the variance that the model explains
 * @param adjustedR2 the same, adjusted for the number of terms
 */
record LinearModel(Formula formula, List<Coefficient> coefficients, List<List<Double>> inverse,
        double residualStandardError, int degreesOfFreedom, double r2, double adjustedR2) {

    /**
     * A mass, and the range in which that of a single penguin is with the asked-for probability; all in grams.
     */
    record Prediction(double mass, double low, double high) {}

    LinearModel {
        coefficients = List.copyOf(coefficients);
        inverse = List.copyOf(inverse);
    }

    /**
     * Fits a model.
     *
     * @param rows more than the formula has terms, and no term made up of others in them
     */
    static LinearModel fit(Formula formula, List<Sample.Row> rows) {
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(rows.stream().mapToDouble(Sample.Row::mass).toArray(),
                rows.stream().map(row -> array(row.terms())).toArray(double[][]::new));
        double[] estimates = regression.estimateRegressionParameters();
        double[] errors = regression.estimateRegressionParametersStandardErrors();
        double[][] inverse = regression.estimateRegressionParametersVariance();
        List<String> terms = formula.terms();
        return new LinearModel(formula,
                IntStream.range(0, estimates.length)
                        .mapToObj(term -> new Coefficient(terms.get(term), estimates[term], errors[term])).toList(),
                IntStream.range(0, estimates.length)
                        .mapToObj(row -> list(inverse[row])).toList(),
                regression.estimateRegressionStandardError(), rows.size() - estimates.length,
                regression.calculateRSquared(), regression.calculateAdjustedRSquared());
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> list(double[] numbers) {
        return IntStream.range(0, numbers.length).mapToObj(index -> numbers[index]).toList();
    }

    /**
     * Predicts the mass of one penguin.
     *
     * @param terms the values of the terms, without the intercept's
     * @param probability with which the mass is in the range, more than 0 and less than 1
     */
    Prediction predict(List<Double> terms, double probability) {
        double mass = mass(terms);
        double error = residualStandardError * Math.sqrt(1 + leverage(terms));
        double margin = quantile(probability) * error;
        return new Prediction(mass, mass - margin, mass + margin);
    }

    /** The mass alone, in grams. */
    double mass(List<Double> terms) {
        return IntStream.range(0, coefficients.size())
                .mapToDouble(term -> coefficients.get(term).estimate() * value(terms, term)).sum();
    }

    /** By how many standard errors an estimate may be off, either way, with this probability. */
    double quantile(double probability) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + probability) / 2);
    }

    private double leverage(List<Double> terms) {
        double sum = 0;
        for (int row = 0; row < inverse.size(); row++) {
            for (int column = 0; column < inverse.size(); column++) {
                sum += value(terms, row) * inverse.get(row).get(column) * value(terms, column);
            }
        }
        return sum;
    }

    private static double value(List<Double> terms, int term) {
        return term == 0 ? 1 : terms.get(term - 1);
    }
}
