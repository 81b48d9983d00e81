package dev.leat.plugin;

import java.util.List;
import java.util.OptionalInt;

/**
 * A set of job types that belong together, found by {@link java.util.ServiceLoader}: name the implementing class in
 * {@code META-INF/services/dev.leat.plugin.Plugin}. It needs a public constructor without parameters.
 *
 * <p>Each plugin has topics of its own, so a flood of one plugin's jobs does not stand in front of another's.
 *
 * <p><b>Threads.</b> A worker calls {@link #id()}, {@link #jobTypes()} and {@link #slots()} once each, while it loads
 * the plugin. {@link #start(PluginContext)} happens before the first handler runs, {@link #stop()} after the last one has ended;
 * neither is called twice. The handlers run in between, many at a time.
 *
 * <p><b>Versions.</b> A plugin may be replaced while its worker runs. Then an object of the new version's class, loaded by
 * another class loader, is started while the old one still has attempts, and the old one is stopped when they have ended.
 */
public interface Plugin {

    /**
     * What the plugin is called outside, the first half of {@code plugin:type}: of the form that {@link Identifier}
     * describes, the same on every call, and unique among the plugins of a worker. It is part of topic names: a plugin
     * whose id changes leaves its queued jobs behind.
     */
    String id();

    /** The job types, at least one, no two of one name. */
    List<JobType<?, ?>> jobTypes();

    /**
     * Opens what the handlers share, such as a connection pool.
     *
     * @throws Exception if the plugin cannot work; the worker says why, and goes on without it, or with the version that it
     *         was to replace. A plugin of the worker's class path keeps the worker from starting
     */
    default void start() throws Exception {}

    /**
     * As {@link #start()}, for plugins that need their surroundings. Only this one is called; it calls the other one if it
     * is not overridden.
     *
     * @param context good until {@link #stop()}
     * @throws Exception as {@link #start()}
     */
    default void start(PluginContext context) throws Exception {
        start();
    }

    /**
     * Closes what {@link #start()} opened. Not called where {@code start} threw.
     *
     * @throws Exception if that fails; it is logged and has no other effect
     */
    default void stop() throws Exception {}

    /**
     * How many of this plugin's jobs one worker runs at a time, at least 1. Empty, the default, leaves it at the slots
     * that the worker has for all its plugins together. Further jobs stay in their lanes meanwhile, and other workers
     * may take them.
     */
    default OptionalInt slots() {
        return OptionalInt.empty();
    }
}
