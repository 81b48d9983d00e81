package dev.leat.plugins.learn;

import dev.leat.plugin.Description;
import java.util.List;
import java.util.OptionalDouble;

record TrainResult(@Description("The model as R writes it.") String formula,
        @Description("What each term counts for.") List<Coefficient> coefficients,
        @Description("The part of the variance that the model explains, 0 to 1.") double r2,
        @Description("The same, adjusted for the number of terms.") double adjustedR2,
        @Description("How far off the model is for the data that it was made from, in grams.") double residualStandardError,
        @Description("How far off models like this one are for data that they were not made from, in grams: the root of the mean square, by cross-validation.") OptionalDouble crossValidatedError,
        @Description("How many penguins the model was made from.") int rows,
        @Description("How many others were left out, since something is not known of them.") int droppedRows,
        @Description("Names this model; predictions tell it.") String modelVersion) {}
