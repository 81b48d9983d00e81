package dev.leat.worker.plugin;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.PluginDescriptor;
import dev.leat.plugin.Plugin;
import dev.leat.runtime.json.ParamsValidator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that this worker hosts, and their job types by name.
 *
 * <p>Invariant: plugin ids differ, and so do the names of the job types; every input has a JSON Schema that says all
 * that its record says. The content never changes. Thread-safe; {@link #start} and {@link #stop()} are for the thread
 * that starts and stops the worker, and may be called again.
 */
public final class PluginCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(PluginCatalog.class);

    private final List<HostedPlugin> plugins;
    private final Map<JobTypeName, HostedJobType> jobTypes;
    private final Deque<HostedPlugin> started = new ArrayDeque<>();

    private PluginCatalog(List<HostedPlugin> plugins) {
        this.plugins = List.copyOf(plugins);
        this.jobTypes = plugins.stream().flatMap(plugin -> plugin.jobTypes().stream())
                .collect(Collectors.toUnmodifiableMap(HostedJobType::name, Function.identity()));
    }

    /**
     * Finds all plugins on the class path.
     *
     * @param loader of the class path
     * @param validator checks params; may be shared
     * @throws PluginRefusedException naming everything that is wrong with any plugin
     */
    public static PluginCatalog load(ClassLoader loader, ParamsValidator validator) {
        return load("on the class path", PluginRealm.of(loader), validator);
    }

    /**
     * Finds all plugins that a realm's class loader sees.
     *
     * @param where they are, for messages, such as "on the class path"
     * @param validator checks params; may be shared
     * @throws PluginRefusedException naming everything that is wrong with any plugin
     */
    public static PluginCatalog load(String where, PluginRealm realm, ParamsValidator validator) {
        PluginCheck check = new PluginCheck(realm, validator);
        List<Plugin> found = new ArrayList<>();
        try {
            found.addAll(realm.call(() -> listed(realm.loader())));
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            check.problem("Expected every plugin %s to load, but: %s%s".formatted(where, e,
                    e.getCause() == null ? "" : " (" + e.getCause() + ")"));
        }
        return checked(found, check);
    }

    private static List<Plugin> listed(ClassLoader loader) {
        List<Plugin> found = new ArrayList<>();
        for (Plugin plugin : ServiceLoader.load(Plugin.class, loader)) {
            found.add(plugin);
        }
        return found;
    }

    /**
     * Hosts these plugins.
     *
     * @param validator checks params; may be shared
     * @throws PluginRefusedException naming everything that is wrong with any of them
     */
    public static PluginCatalog of(List<? extends Plugin> plugins, ParamsValidator validator) {
        return checked(plugins, new PluginCheck(PluginRealm.of(PluginCatalog.class.getClassLoader()), validator));
    }

    private static PluginCatalog checked(List<? extends Plugin> plugins, PluginCheck check) {
        List<HostedPlugin> hosted = plugins.stream().map(check::host).flatMap(Optional::stream).toList();
        if (!check.problems().isEmpty()) {
            throw new PluginRefusedException(check.problems());
        }
        return new PluginCatalog(hosted);
    }

    /**
     * All plugins of these catalogues. Only their own catalogues start and stop them.
     *
     * @throws IllegalArgumentException where two plugins have one id
     */
    public static PluginCatalog joined(List<PluginCatalog> catalogs) {
        List<HostedPlugin> all = catalogs.stream().flatMap(catalog -> catalog.plugins().stream()).toList();
        long ids = all.stream().map(HostedPlugin::id).distinct().count();
        if (ids < all.size()) {
            throw new IllegalArgumentException("Expected plugins of different ids, but got "
                    + all.stream().map(HostedPlugin::id).toList());
        }
        return new PluginCatalog(all);
    }

    /** All plugins, in the order in which they were found. */
    public List<HostedPlugin> plugins() {
        return plugins;
    }

    /** What to announce about the plugins, in the same order. */
    public List<PluginDescriptor> descriptors() {
        return plugins.stream().map(HostedPlugin::descriptor).toList();
    }

    /** The job type of that name, if a plugin here has it. */
    public Optional<HostedJobType> find(JobTypeName name) {
        return Optional.ofNullable(jobTypes.get(name));
    }

    /**
     * Starts the plugins, in their order.
     *
     * @param contexts gives each what it gets
     * @throws PluginRefusedException if one throws; those before it have been stopped again
     */
    public synchronized void start(PluginContexts contexts) {
        for (HostedPlugin plugin : plugins) {
            if (started.contains(plugin)) {
                continue;
            }
            try {
                plugin.start(contexts);
                started.push(plugin);
            } catch (Throwable e) { // Also errors, such as for a class that is missing.
                stop();
                throw new PluginRefusedException(
                        "Expected plugin '%s' to start, but it threw %s".formatted(plugin.id(), e), e);
            }
        }
    }

    /** Stops the plugins that were started, the last one first. What they throw is logged. */
    public synchronized void stop() {
        while (!started.isEmpty()) {
            HostedPlugin plugin = started.pop();
            try {
                plugin.stop();
            } catch (Throwable e) { // The others are to be stopped all the same.
                LOG.warn("Expected plugin '{}' to stop, but it threw", plugin.id(), e);
            }
        }
    }
}
