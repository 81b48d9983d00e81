package dev.leat.plugins.learn;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is known of a penguin. Lengths are in millimetres.
 *
 * @param year when it was measured
 * @param bodyMassGrams what the model is about
 */
record Penguin(Optional<Species> species, Optional<Island> island, OptionalDouble billLengthMm,
        OptionalDouble billDepthMm, OptionalDouble flipperLengthMm, Optional<Sex> sex, OptionalInt year,
        OptionalDouble bodyMassGrams) {}
