package dev.leat.worker.plugin;

import dev.leat.domain.PluginDescriptor;
import dev.leat.plugin.Plugin;
import java.util.List;
import java.util.OptionalInt;

/**
 * A plugin that has been checked.
 *
 * @param slots how many of its jobs may run here at a time, at least 1; empty if it sets no limit
 * @param realm what its code runs in
 */
public record HostedPlugin(String id, OptionalInt slots, List<HostedJobType> jobTypes, Plugin plugin,
        PluginRealm realm) {

    public HostedPlugin {
        jobTypes = List.copyOf(jobTypes);
    }

    /** Starts the plugin with what it gets from its surroundings. */
    void start(PluginContexts contexts) throws Exception {
        realm.call(() -> {
            plugin.start(contexts.of(id, new RecordJson(realm.json())));
            return true;
        });
    }

    /**
     * Stops the plugin. For whoever has started it by its catalogue and wants to know more than {@link PluginCatalog#stop()}
     * tells; not both.
     *
     * @throws Exception what the plugin threw
     */
    public void stop() throws Exception {
        realm.call(() -> {
            plugin.stop();
            return true;
        });
    }

    /** What the worker announces about it. */
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(id, jobTypes.stream().map(HostedJobType::descriptor).toList());
    }
}
