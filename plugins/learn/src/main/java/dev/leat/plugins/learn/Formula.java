package dev.leat.plugins.learn;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which predictors a model has.
 *
 * @param predictors at least one; in the order of their declaration, whatever the order in which they were given
 */
record Formula(List<Predictor> predictors) {

    private static final String INTERCEPT = "(Intercept)";

    Formula {
        if (predictors.isEmpty()) {
            throw new IllegalArgumentException("Expected a predictor, but got none");
        }
        predictors = List.copyOf(EnumSet.copyOf(predictors));
    }

    static Formula of(Set<Predictor> predictors) {
        return new Formula(List.copyOf(predictors));
    }

    /** What R calls the terms, the intercept first. */
    List<String> terms() {
        return Stream.concat(Stream.of(INTERCEPT), predictors.stream().flatMap(predictor -> predictor.terms().stream()))
                .toList();
    }

    /** The predictors that are not known of a penguin. */
    List<Predictor> missing(Penguin penguin) {
        return predictors.stream().filter(predictor -> predictor.encode(penguin).isEmpty()).toList();
    }

    /** The values of the terms for a penguin, without the intercept's; empty where one is not known. */
    Optional<List<Double>> encode(Penguin penguin) {
        return missing(penguin).isEmpty()
                ? Optional.of(predictors.stream().flatMap(predictor -> predictor.encode(penguin).orElseThrow().stream())
                        .toList())
                : Optional.empty();
    }

    /** As R writes it. */
    @Override
    public String toString() {
        return predictors.stream().map(Predictor::column).collect(Collectors.joining(" + ", "body_mass_g ~ ", ""));
    }
}
