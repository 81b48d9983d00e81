package dev.leat.plugin;

import java.time.InstantSource;

/**
 * What a plugin gets from its worker when it starts, good until it is stopped. Leat implements it; methods may be added.
 * All methods may be called from any thread.
 */
public interface PluginContext {

    /** The plugin's id. */
    String pluginId();

    /** What the plugin shares with its like in other workers; it has been read to its end. */
    PluginState state();

    /** The time, as the plugin should ask for it: tests can set this clock. */
    InstantSource clock();
}
