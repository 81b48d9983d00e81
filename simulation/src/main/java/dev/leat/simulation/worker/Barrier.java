package dev.leat.simulation.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Tail;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** Holds attempts back until the worker has read what stood in the control topic when their claims were announced. */
final class Barrier {

    private static final long PATIENCE = World.millis(2_000);

    /** Where the control topic ended for a job's partition, once that is known. */
    final class Mark {

        private Optional<Long> end = Optional.empty();
        private final int partition;

        private Mark(int partition) {
            this.partition = partition;
        }

        private boolean isPassed() {
            return end.filter(position -> position(partition) >= position).isPresent();
        }
    }

    private record Waiting(Mark mark, SimulatedAttempt attempt) {}

    private final Node node;
    private final Cluster cluster;
    private final Map<Integer, Tail> control = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    Barrier(Node node, Cluster cluster) {
        this.node = node;
        this.cluster = cluster;
    }

    void reads(int partition, Tail tail) {
        control.put(partition, tail);
    }

    private long position(int partition) {
        return Optional.ofNullable(control.get(partition)).map(Tail::position).orElse(0L);
    }

    /** Begins to ask where the control topic ends. */
    Mark mark(SimulatedClaim claim) {
        Mark mark = new Mark(cluster.partitionOf(claim.job()));
        ask(mark, cluster.control(mark.partition));
        return mark;
    }

    private void ask(Mark mark, Log log) {
        node.ask("ends", log::stableEnd, answer -> {
            mark.end = answer;
            if (answer.isEmpty()) {
                ask(mark, log);
            } else {
                look();
            }
        }, PATIENCE);
    }

    /** Starts the attempt once the mark is passed. */
    void pass(Mark mark, SimulatedAttempt attempt) {
        waiting.add(new Waiting(mark, attempt));
        node.after(0, this::look);
    }

    /** Something has been read. */
    void look() {
        List<Waiting> passed = waiting.stream().filter(held -> held.mark().isPassed()).toList();
        waiting.removeAll(passed);
        passed.forEach(held -> held.attempt().start());
    }
}
