package dev.leat.plugin.test;

import dev.leat.domain.JobTypeName;
import dev.leat.plugin.Plugin;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;
import dev.leat.worker.plugin.PluginRefusedException;
import java.util.List;

/**
 * A plugin that has been checked and started as by a worker. Thread-safe.
 *
 * <p>Close it where the plugin's {@link Plugin#stop()} has something to do.
 */
public final class PluginTester implements AutoCloseable {

    private final PluginCatalog catalog;
    private final ParamsValidator validator;
    private final HostedPlugin plugin;

    private PluginTester(PluginCatalog catalog, ParamsValidator validator) {
        this.catalog = catalog;
        this.validator = validator;
        this.plugin = catalog.plugins().getFirst();
    }

    static PluginTester of(Plugin plugin) {
        ParamsValidator validator = new ParamsValidator();
        try {
            PluginCatalog catalog = PluginCatalog.of(List.of(plugin), validator);
            catalog.start();
            return new PluginTester(catalog, validator);
        } catch (PluginRefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * One of its job types.
     *
     * @param name without the plugin's id
     * @throws IllegalArgumentException if it has none of that name
     */
    public JobHandlerTester type(String name) {
        return catalog.find(new JobTypeName(plugin.id(), name)).map(type -> JobHandlerTester.of(type, validator))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected plugin '%s' to have the job type '%s', but it has %s"
                                .formatted(plugin.id(), name,
                                        plugin.jobTypes().stream().map(type -> type.name().name()).toList())));
    }

    /** Stops the plugin. */
    @Override
    public void close() {
        catalog.stop();
    }
}
