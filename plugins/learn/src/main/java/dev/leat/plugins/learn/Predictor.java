package dev.leat.plugins.learn;

import dev.leat.plugin.Description;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Something by which a body mass can be predicted. As in R, what is a number is one term of the model, and what has levels
 * is a term of 0 or 1 for each level but the first (treatment contrasts).
 */
@Description("A column of the data.")
enum Predictor {
    BILL_LENGTH_MM, BILL_DEPTH_MM, FLIPPER_LENGTH_MM, SPECIES, ISLAND, SEX, YEAR;

    /** The name of its column in the data. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What R calls its terms, such as {@code speciesGentoo}. */
    List<String> terms() {
        return switch (this) {
            case BILL_LENGTH_MM, BILL_DEPTH_MM, FLIPPER_LENGTH_MM, YEAR -> List.of(column());
            case SPECIES -> terms(Species.values());
            case ISLAND -> terms(Island.values());
            case SEX -> terms(Sex.values());
        };
    }

    private List<String> terms(Level[] levels) {
        return Stream.of(levels).skip(1).map(level -> column() + level.label()).toList();
    }

    /** The values of its terms for a penguin; empty where that is not known. */
    Optional<List<Double>> encode(Penguin penguin) {
        return switch (this) {
            case BILL_LENGTH_MM -> number(penguin.billLengthMm());
            case BILL_DEPTH_MM -> number(penguin.billDepthMm());
            case FLIPPER_LENGTH_MM -> number(penguin.flipperLengthMm());
            case YEAR -> year(penguin.year());
            case SPECIES -> indicators(Species.values(), penguin.species());
            case ISLAND -> indicators(Island.values(), penguin.island());
            case SEX -> indicators(Sex.values(), penguin.sex());
        };
    }

    private static Optional<List<Double>> number(OptionalDouble number) {
        return number.isPresent() ? Optional.of(List.of(number.getAsDouble())) : Optional.empty();
    }

    private static Optional<List<Double>> year(OptionalInt year) {
        return year.isPresent() ? Optional.of(List.of((double) year.getAsInt())) : Optional.empty();
    }

    private static Optional<List<Double>> indicators(Level[] levels, Optional<? extends Level> level) {
        return level.map(known -> Stream.of(levels).skip(1).map(other -> other.equals(known) ? 1.0 : 0.0).toList());
    }
}
