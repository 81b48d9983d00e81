package dev.leat.worker.slot;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The slots of a worker: one for each attempt that it may run at a time, and for each plugin no more than the plugin's
 * own limit. Some slots are kept back for plugins that have none, so that one whose handlers hang does not take all of them
 * from the others. A slot is reserved before a command is taken and given back once, when the attempt's outcome has been
 * handed on or the command was not claimed after all.
 *
 * <p>Invariant: {@code 0 <= reserved <= capacity}, and the same for each plugin and its limit, unless that was lowered meanwhile.
 *
 * <p>Thread-safe; the monitor guards the counts. The listener runs on the releasing thread, outside of the monitor.
 */
public final class SlotPool {

    private final int capacity;
    private final int keptBack;
    private Map<String, Integer> limits = Map.of();
    private boolean shared;
    private final Map<String, Integer> reservedByPlugin = new HashMap<>();
    private final Runnable onRelease;
    private int reserved;

    /**
     * @param capacity how many slots there are, at least 1
     * @param keptBack how many of them only plugins may have that have none yet, less than {@code capacity}
     * @param onRelease called after each release; must not block
     */
    public SlotPool(int capacity, int keptBack, Runnable onRelease) {
        requirePositive("slots", capacity);
        if (keptBack < 0 || keptBack >= capacity) {
            throw new IllegalArgumentException(
                    "Expected to keep back 0 to " + (capacity - 1) + " slots, but got " + keptBack);
        }
        this.capacity = capacity;
        this.keptBack = keptBack;
        this.onRelease = onRelease;
    }

    /**
     * Sets other limits. A plugin that has reserved more than its new limit gets none until it has given back enough.
     *
     * @param limits for each plugin that has a limit of its own, how many of the slots it may have
     * @param shared whether there is more than one plugin; for a single one nothing is kept back
     */
    public synchronized void limit(Map<String, Integer> limits, boolean shared) {
        this.limits = checked(limits);
        this.shared = shared;
    }

    private static Map<String, Integer> checked(Map<String, Integer> limits) {
        limits.forEach((plugin, limit) -> requirePositive("slots for plugin " + plugin, limit));
        return Map.copyOf(limits);
    }

    private static void requirePositive(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Expected at least 1 of the " + what + ", but got " + count);
        }
    }

    /** Reserves a slot for a plugin's attempt; empty where all slots, or all of the plugin's, are reserved. */
    public synchronized Optional<Slot> tryReserve(String plugin) {
        if (!hasFreeFor(plugin)) {
            return Optional.empty();
        }
        reserved++;
        reservedByPlugin.merge(plugin, 1, Integer::sum);
        return Optional.of(new Slot(plugin));
    }

    /** Whether {@link #tryReserve} would succeed now. */
    public synchronized boolean hasFreeFor(String plugin) {
        int own = reservedBy(plugin);
        int reachable = own == 0 || !shared ? capacity : capacity - keptBack;
        return reserved < reachable && own < limits.getOrDefault(plugin, capacity);
    }

    /** How many more slots can be reserved, plugin limits aside. */
    public synchronized int free() {
        return capacity - reserved;
    }

    public int capacity() {
        return capacity;
    }

    /** How many slots the plugin has. */
    public synchronized int reservedBy(String plugin) {
        return reservedByPlugin.getOrDefault(plugin, 0);
    }

    private synchronized void giveBack(String plugin) {
        reserved--;
        reservedByPlugin.merge(plugin, -1, Integer::sum);
    }

    /** The right to run one attempt. Thread-safe. */
    public final class Slot {

        private final String plugin;
        private final AtomicBoolean released = new AtomicBoolean();

        private Slot(String plugin) {
            this.plugin = plugin;
        }

        /**
         * Gives the slot back.
         *
         * @throws IllegalStateException the second time: somebody else may have it by then
         */
        public void release() {
            if (!released.compareAndSet(false, true)) {
                throw new IllegalStateException(
                        "Expected a slot of plugin " + plugin + " to be released once, but it was released twice");
            }
            giveBack(plugin);
            onRelease.run();
        }
    }
}
