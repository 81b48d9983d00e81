package dev.leat.plugins.learn;

import java.util.Optional;
import java.util.stream.Stream;

/** One of the few values of a predictor that is no number. */
interface Level {

    /** What it is called in the data. */
    String label();

    /** The one of that label, if there is one. */
    static <L extends Enum<L> & Level> Optional<L> of(Class<L> levels, String label) {
        return Stream.of(levels.getEnumConstants()).filter(level -> level.label().equals(label)).findFirst();
    }
}
