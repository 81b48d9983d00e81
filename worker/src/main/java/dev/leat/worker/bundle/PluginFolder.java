package dev.leat.worker.bundle;

import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.TopicSetupException;
import dev.leat.worker.bundle.FolderChanges.Due;
import dev.leat.worker.plugin.PluginRefusedException;

/**
 * Hosts what lies in a folder, and follows it:
 *
 * <pre>
 *   look, and again --{@link FolderChanges}--&gt; due --{@link BundleLoader}--&gt; loaded, started --lanes made--&gt; hosted
 *                                                   |                                                     |
 *                                                   '--&gt; refused: logged; what it was to replace stays    |
 *                                                                                                         v
 *                     old version: retired --last attempt ended, nobody claims for it--&gt; stopped, unloaded
 * </pre>
 *
 * <p>A bundle that is wrong never ends the worker. It is logged with everything that is wrong with it and tried again when
 * its files change, or when another bundle has changed or gone, which may have had the id of its plugin. While
 * Kafka does not answer it is tried again at each look.
 *
 * <p>{@link #start} is for the thread that starts the worker; afterwards the thread {@code leat-plugins} owns all of it and
 * calls the plugins' start and stop. A plugin that does not return from these holds up the others' changes, not their
 * jobs.
 */
public final class PluginFolder {

    /** Makes the lanes of plugins. */
    @FunctionalInterface
    public interface Lanes {

        /**
         * Sees to it that they exist.
         *
         * @throws BrokerUnavailableException where Kafka does not answer
         * @throws TopicSetupException where they cannot be used as they are
         */
        void provision(Collection<String> plugins) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
    private static final Duration JOIN = Duration.ofSeconds(5);

    private final BundleFolder folder;
    private final PluginHost host;
    private final Lanes lanes;
    private final BundleLoader loader;
    private final Duration pace;
    private final FolderChanges changes = new FolderChanges();
    private final Map<String, Bundle> loaded = new LinkedHashMap<>();
    private final Map<String, BundleFiles> refused = new LinkedHashMap<>();
    /** Of all versions that have not been closed, the retired ones included. */
    private final Set<Bundle> open = ConcurrentHashMap.newKeySet();
    private boolean readable = true;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-plugins").factory());

    /**
     * Looks at nothing yet.
     *
     * @param pace from one look to the next: long enough for a copying process to have got on
     */
    public PluginFolder(Path folder, PluginHost host, Lanes lanes, BundleLoader loader, Duration pace) {
        this.folder = new BundleFolder(folder);
        this.host = host;
        this.lanes = lanes;
        this.loader = loader;
        this.pace = pace;
    }

    /** Hosts what is there, and begins to watch. */
    public void start() throws InterruptedException {
        // Otherwise the JVM keeps jars open from which a plugin has read a resource, for as long as it runs.
        URLConnection.setDefaultUseCaches("jar", false);
        look().ifPresent(look -> apply(changes.first(look)));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var _ = thread.scheduleWithFixedDelay(this::follow, pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void follow() {
        try {
            look().ifPresent(look -> apply(changes.next(look)));
        } catch (Throwable e) { // It would be the last look.
            LOG.error("Expected to follow the plugins in {}, but that failed; trying again", folder.folder(), e);
        }
    }

    /** Empty where the folder cannot be read: what is hosted stays. */
    private Optional<List<BundleFiles>> look() {
        try {
            List<BundleFiles> look = folder.look();
            readable = true;
            return Optional.of(look);
        } catch (IOException e) {
            if (readable) {
                LOG.error("Expected to read the plugin folder {}, but: {}; its plugins stay as they are",
                        folder.folder(),
                        e.toString());
            }
            readable = false;
            return Optional.empty();
        }
    }

    private void apply(Due due) {
        if (due.isNothing()) {
            return;
        }
        Set<Bundle> before = Set.copyOf(loaded.values());
        due.gone().forEach(loaded::remove);
        due.gone().forEach(refused::remove);
        due.load().forEach(this::load);
        if (!loaded.values().containsAll(before)) {
            // What has gone or changed may have had the id that another one wants.
            List.copyOf(refused.values()).forEach(this::load);
        }
        Set<Bundle> after = Set.copyOf(loaded.values());
        if (!after.equals(before)) {
            host.host(loaded.values().stream().map(Bundle::catalog).toList());
            before.stream().filter(bundle -> !after.contains(bundle)).forEach(this::retire);
        }
    }

    private void load(BundleFiles files) {
        try {
            Bundle bundle = loader.load(files, taken(files.name()));
            open.add(bundle);
            refused.remove(files.name());
            provision(files, bundle);
        } catch (PluginRefusedException e) {
            refused.put(files.name(), files);
            LOG.error("Expected to host the plugins of bundle {}, but {}; it is tried again when it changes{}",
                    files.name(), loaded.containsKey(files.name())
                            ? "its loaded version stays"
                            : "the worker goes on without them",
                    lines(e.problems()), e.getCause());
        }
    }

    private static String lines(List<String> problems) {
        return problems.stream().map(problem -> System.lineSeparator() + "  " + problem).collect(Collectors.joining());
    }

    /** Who else has which plugin id. */
    private Map<String, String> taken(String name) {
        Map<String, String> owners = new HashMap<>();
        host.builtIn().plugins().forEach(plugin -> owners.put(plugin.id(), "the worker's class path"));
        loaded.values()
                .stream()
                .filter(bundle -> !bundle.name().equals(name))
                .forEach(bundle -> bundle.ids().forEach(id -> owners.put(id, "bundle " + bundle.name())));
        return owners;
    }

    private void provision(BundleFiles files, Bundle bundle) {
        try {
            lanes.provision(bundle.ids());
            loaded.put(files.name(), bundle);
            LOG.info("Loaded plugin bundle {} with {}", files.name(), bundle.ids());
            return;
        } catch (TopicSetupException e) {
            close(bundle);
            throw new PluginRefusedException("Expected the lanes of %s to be of use, but: %s".formatted(bundle.ids(),
                    e.getMessage()), e);
        } catch (BrokerUnavailableException e) {
            LOG.error("Expected the lanes of {} to be there, but they are tried again: {}", bundle.ids(),
                    e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        changes.tryAgain(files.name());
        close(bundle);
    }

    private void retire(Bundle bundle) {
        LOG.info("Plugin bundle {}, as it was, goes when its last attempt has ended", bundle.name());
        bundle.retire(() -> {
            try {
                thread.execute(() -> close(bundle));
            } catch (RejectedExecutionException _) {
                // The worker stops, and closes whatever is open.
            }
        });
    }

    private void close(Bundle bundle) {
        if (open.remove(bundle)) {
            bundle.close();
            LOG.info("Unloaded plugin bundle {} with {}", bundle.name(), bundle.ids());
        }
    }

    /** Ends the watch; what is hosted stays. Does nothing where it has ended. */
    public void stopWatching() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(JOIN.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Expected the plugins of {} to start and stop within {}, but one still does", folder.folder(),
                    JOIN);
        }
    }

    /** Stops and unloads all plugins, those included that were to go later. Call it when their attempts have ended. */
    public void close() throws InterruptedException {
        stopWatching();
        open.forEach(this::close);
    }
}
