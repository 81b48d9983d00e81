package dev.leat.plugins.learn;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Set;

@Description("What to predict the body mass of penguins by.")
record TrainInput(
        @Description("The predictors of the model.") @DefaultValue("[\"FLIPPER_LENGTH_MM\"]") @Size(min = 1) Set<Predictor> predictors,
        @Description("Into how many parts to divide the data for cross-validation: each is predicted from all others. 0 does without.") @DefaultValue("5") @Min(0) @Max(20) int folds) {

    TrainInput {
        if (folds == 1) {
            throw new IllegalArgumentException("Expected 0 folds, or at least 2, but got 1");
        }
    }
}
