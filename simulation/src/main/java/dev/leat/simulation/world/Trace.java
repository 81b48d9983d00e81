package dev.leat.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The steps of a history in words; made only where somebody wants to read them. */
public interface Trace {

    /** Nobody reads it. */
    Trace NONE = (_, _) -> {};

    void add(long nanos, Supplier<String> step);

    /** Keeps every step. */
    final class Kept implements Trace {

        private final List<String> steps = new ArrayList<>();

        @Override
        public void add(long nanos, Supplier<String> step) {
            steps.add(String.format(Locale.ROOT, "%9.4f s  %s", nanos / 1e9, step.get()));
        }

        public List<String> steps() {
            return List.copyOf(steps);
        }
    }
}
