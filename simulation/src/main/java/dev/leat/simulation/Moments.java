package dev.leat.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.leat.simulation.PlannedFault.Moment;
import dev.leat.simulation.world.Node;

/** Tells those who wait for a moment that it has come. */
public final class Moments {

    private record Awaited(Moment moment, long count, Consumer<Node> action) {}

    private final Map<Moment, Long> counts = new EnumMap<>(Moment.class);
    private final List<Awaited> awaited = new ArrayList<>();

    void await(Moment moment, long count, Consumer<Node> action) {
        awaited.add(new Awaited(moment, count, action));
    }

    /** It is a moment of this process. */
    public void reached(Moment moment, Node node) {
        long count = counts.merge(moment, 1L, Long::sum);
        awaited.stream()
                .filter(waiting -> waiting.moment() == moment && waiting.count() == count)
                .forEach(waiting -> waiting.action().accept(node));
    }
}
