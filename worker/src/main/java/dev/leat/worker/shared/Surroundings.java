package dev.leat.worker.shared;

import java.time.InstantSource;

import dev.leat.plugin.PluginContext;
import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.PluginContexts;
import dev.leat.worker.plugin.RecordJson;

/**
 * What plugins and their handlers reach beyond themselves. Thread-safe.
 *
 * @param states what each plugin shares with its like in other workers
 * @param jobs submits further jobs
 */
public record Surroundings(PluginStates states, FurtherJobs jobs, FurtherBatches batches,
        InstantSource clock) implements PluginContexts {

    private record Context(String pluginId, PluginState state, InstantSource clock) implements PluginContext {}

    @Override
    public PluginContext of(String plugin, RecordJson json) {
        return new Context(plugin, states.of(plugin, json), clock);
    }
}
