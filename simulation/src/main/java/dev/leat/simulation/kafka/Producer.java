package dev.leat.simulation.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/**
 * An idempotent producer: what it sends to a partition arrives in order and, as long as it lives, once; it asks until it
 * is told so. A record may stand in the log although its process never heard of it.
 */
public final class Producer {

    private static final long PATIENCE = World.millis(1_500);

    private static final class Sending {

        private final Object key;
        private final Object value;
        private final Optional<Transaction> transaction;
        private final Runnable acknowledged;
        private boolean written;

        Sending(Object key, Object value, Optional<Transaction> transaction, Runnable acknowledged) {
            this.key = key;
            this.value = value;
            this.transaction = transaction;
            this.acknowledged = acknowledged;
        }
    }

    private final Node node;
    private final World world;
    private final Map<Log, Deque<Sending>> queues = new HashMap<>();

    public Producer(Node node, World world) {
        this.node = node;
        this.world = world;
    }

    /** Writes a record; the word that it stands comes later, or never. */
    public void send(Log log, Object key, Object value, Runnable acknowledged) {
        enqueue(log, new Sending(key, value, Optional.empty(), acknowledged));
    }

    /** Writes a record in a transaction. Where that is over it is not written, and said to be all the same. */
    public void send(Log log, Object key, Object value, Transaction transaction, Runnable acknowledged) {
        enqueue(log, new Sending(key, value, Optional.of(transaction), acknowledged));
    }

    private void enqueue(Log log, Sending sending) {
        Deque<Sending> queue = queues.computeIfAbsent(log, _ -> new ArrayDeque<>());
        queue.add(sending);
        if (queue.size() == 1) {
            transmit(log, queue);
        }
    }

    private void transmit(Log log, Deque<Sending> queue) {
        Sending next = queue.element();
        node.ask("produce " + log, () -> {
            write(log, next);
            return true;
        }, answer -> {
            if (answer.isPresent()) {
                queue.remove();
                next.acknowledged.run();
                if (!queue.isEmpty()) {
                    transmit(log, queue);
                }
            } else {
                transmit(log, queue);
            }
        }, PATIENCE);
    }

    private void write(Log log, Sending sending) {
        if (sending.written || sending.transaction.filter(own -> !own.isOpen()).isPresent()) {
            return;
        }
        sending.written = true;
        log.append(sending.key, sending.value, world.now(), sending.transaction);
        if (sending.transaction.isEmpty() && world.weather().doubles(world.now())
                && Doubling.isHarmless(sending.value)) {
            log.append(sending.key, sending.value, world.now(), sending.transaction);
        }
    }
}
