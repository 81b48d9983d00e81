package dev.leat.worker.plugin;

import dev.leat.plugin.PluginContext;

/** Gives plugins what they get when they start. Thread-safe. */
@FunctionalInterface
public interface PluginContexts {

    /**
     * The context of a plugin.
     *
     * @param json writes and reads the plugin's records
     */
    PluginContext of(String plugin, RecordJson json);
}
