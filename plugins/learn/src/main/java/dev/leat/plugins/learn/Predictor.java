package dev.leat.plugins.learn;

import dev.leat.plugin.Description;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Something by which a body mass can be predicted. As in R, what is a number is one term of the model, and what has levels
 * is a term of 0 or 1 for each level but the first (treatment contrasts).
 */
@Description("A column of the data.")
enum Predictor {
    BILL_LENGTH_MM(Penguin::billLengthMm),
    BILL_DEPTH_MM(Penguin::billDepthMm),
    FLIPPER_LENGTH_MM(Penguin::flipperLengthMm),
    SPECIES(Species.values(), Penguin::species),
    ISLAND(Island.values(), Penguin::island),
    SEX(Sex.values(), Penguin::sex),
    YEAR(penguin -> toDouble(penguin.year()));

    private final List<String> levels;
    private final Function<Penguin, Optional<double[]>> encoding;

    Predictor(Function<Penguin, OptionalDouble> value) {
        this.levels = List.of("");
        this.encoding = penguin -> value.apply(penguin).stream().mapToObj(number -> new double[]{number}).findFirst();
    }

    Predictor(Level[] levels, Function<Penguin, ? extends Optional<? extends Enum<?>>> value) {
        this.levels = Stream.of(levels).skip(1).map(Level::label).toList();
        this.encoding = penguin -> value.apply(penguin).map(level -> indicators(level.ordinal(), levels.length));
    }

    private static double[] indicators(int level, int levels) {
        return IntStream.range(1, levels).mapToDouble(other -> other == level ? 1 : 0).toArray();
    }

    private static OptionalDouble toDouble(OptionalInt number) {
        return number.isPresent() ? OptionalDouble.of(number.getAsInt()) : OptionalDouble.empty();
    }

    /** The name of its column in the data. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What R calls its terms, such as {@code speciesGentoo}. */
    List<String> terms() {
        return levels.stream().map(level -> column() + level).toList();
    }

    /** The values of its terms for a penguin; empty where that is not known. */
    Optional<double[]> encode(Penguin penguin) {
        return encoding.apply(penguin);
    }
}
