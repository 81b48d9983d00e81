package dev.leat.plugins.learn;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

@Description("A penguin. What the model was trained with has to be known, the rest may be left out.")
record PredictInput(@Description("Its species.") Optional<Species> species,
        @Description("Where it was measured.") Optional<Island> island,
        @Description("In millimetres.") OptionalDouble billLengthMm,
        @Description("In millimetres.") OptionalDouble billDepthMm,
        @Description("In millimetres.") OptionalDouble flipperLengthMm,
        @Description("Its sex.") Optional<Sex> sex,
        @Description("When it was measured.") OptionalInt year,
        @Description("The probability with which the mass is to be in the interval.") @DefaultValue("0.95") @DecimalMin("0.5") @DecimalMax("0.999") double probability) {

    Penguin penguin() {
        return new Penguin(species, island, billLengthMm, billDepthMm, flipperLengthMm, sex, year,
                OptionalDouble.empty());
    }
}
