package dev.leat.plugin.test;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.PluginContext;
import dev.leat.plugin.PluginState;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.worker.plugin.HostedJobType;
import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.InvalidParamsException;
import dev.leat.worker.plugin.PluginCatalog;
import dev.leat.worker.plugin.PluginRefusedException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A plugin that has been checked and started as by a worker. Thread-safe.
 *
 * <p>Close it where the plugin's {@link Plugin#stop()} has something to do.
 */
public final class PluginTester implements AutoCloseable {

    private final PluginCatalog catalog;
    private final ParamsValidator validator;
    private final HostedPlugin plugin;
    private final Context context;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What the plugin gets when it starts. */
    private record Context(String pluginId, PluginState state, InstantSource clock) implements PluginContext {}

    private PluginTester(PluginCatalog catalog, ParamsValidator validator, Context context) {
        this.catalog = catalog;
        this.validator = validator;
        this.plugin = catalog.plugins().getFirst();
        this.context = context;
    }

    static PluginTester of(Plugin plugin, PluginState state, InstantSource clock) {
        ParamsValidator validator = new ParamsValidator();
        try {
            PluginCatalog catalog = PluginCatalog.of(List.of(plugin), validator);
            Context context = new Context(catalog.plugins().getFirst().id(), state, clock);
            catalog.start((_, _) -> context);
            return new PluginTester(catalog, validator, context);
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
        return catalog.find(new JobTypeName(plugin.id(), name)).map(type -> JobHandlerTester.of(type, this))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected plugin '%s' to have the job type '%s', but it has %s".formatted(plugin.id(), name,
                                names())));
    }

    private List<String> names() {
        return plugin.jobTypes().stream().map(type -> type.name().name()).toList();
    }

    /** What the plugin and its handlers share with other workers. */
    public PluginState state() {
        return context.state();
    }

    /** What the plugin sees of the time. */
    InstantSource clock() {
        return context.clock();
    }

    /** Checks params and results. */
    ParamsValidator validator() {
        return validator;
    }

    /** Why this plugin could not run a job that was asked for; empty if it could, or if it is another plugin's. */
    Optional<String> problemOf(JobRequest request, Json params) {
        JobTypeName name = JobTypeName.parse(request.type());
        if (!name.plugin().equals(plugin.id())) {
            return Optional.empty();
        }
        Optional<HostedJobType> type = catalog.find(name);
        if (type.isEmpty()) {
            return Optional.of("the plugin has no such job type, but %s".formatted(names()));
        }
        try {
            var _ = type.get().bind(params);
            return Optional.empty();
        } catch (InvalidParamsException e) {
            return Optional.of(e.reason());
        }
    }

    /**
     * Stops the plugin, once however often it is called.
     *
     * @throws AssertionError in the first call, if the plugin throws; a worker would only log that
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            plugin.stop();
        } catch (Throwable e) { // Also errors: a worker survives them, too.
            throw new AssertionError("Expected plugin '%s' to stop, but it threw %s".formatted(plugin.id(), e), e);
        }
    }
}
