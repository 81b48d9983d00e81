package dev.leat.plugins.learn;

import dev.leat.plugin.Description;

record PredictResult(@Description("The body mass to expect, in grams.") double bodyMassGrams,
        @Description("In which range the mass of such a penguin is, with the asked-for probability.") Interval interval,
        @Description("The job that trained the model.") String modelVersion) {

    @Description("A range of body masses.")
    record Interval(@Description("In grams.") double low, @Description("In grams.") double high) {}
}
