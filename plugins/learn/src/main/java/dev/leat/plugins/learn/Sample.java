package dev.leat.plugins.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a model is fitted to.
 *
 * @param rows the penguins of whom everything is known that the formula asks for
 * @param dropped how many others there were
 */
record Sample(List<Row> rows, int dropped) {

    /** The values of the terms, without the intercept's, and the body mass in grams. */
    record Row(List<Double> terms, double mass) {}

    Sample {
        rows = List.copyOf(rows);
    }

    /** Leaves out, as R's {@code na.omit} does, those of whom something is not known. */
    static Sample of(Formula formula, List<Penguin> penguins) {
        List<Row> rows = new ArrayList<>();
        for (Penguin penguin : penguins) {
            Optional<List<Double>> terms = formula.encode(penguin);
            if (terms.isPresent() && penguin.bodyMassGrams().isPresent()) {
                rows.add(new Row(terms.get(), penguin.bodyMassGrams().getAsDouble()));
            }
        }
        return new Sample(rows, penguins.size() - rows.size());
    }

    /** Those rows whose numbers, counted from 0, are wanted. */
    List<Row> rowsWhere(IntPredicate wanted) {
        return IntStream.range(0, rows.size()).filter(wanted).mapToObj(rows::get).toList();
    }
}
