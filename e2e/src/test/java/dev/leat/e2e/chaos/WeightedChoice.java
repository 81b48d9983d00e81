package dev.leat.e2e.chaos;

import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Draws one of several, each as often as its weight says.
 *
 * @param options at least one, each with a weight above 0
 */
record WeightedChoice<T>(List<T> options, ToIntFunction<T> weight) {

    static <T> WeightedChoice<T> of(Collection<T> options, ToIntFunction<T> weight) {
        return new WeightedChoice<>(List.copyOf(options), weight);
    }

    T draw(RandomGenerator random) {
        int left = random.nextInt(options.stream().mapToInt(weight).sum());
        for (T option : options) {
            left -= weight.applyAsInt(option);
            if (left < 0) {
                return option;
            }
        }
        throw new IllegalStateException("Expected weights above 0, but found another among " + options);
    }
}
