package dev.leat.worker.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;
import dev.leat.worker.plugin.PluginRealm;

/**
 * The plugins that a worker hosts now. They change as a whole: whoever asks gets all of one moment.
 *
 * <p>Invariant: whoever has a {@link Hold} has plugins that are neither stopped nor unloaded. So whoever works with what
 * is hosted holds it, looks from time to time whether it has changed, and then holds what there is now.
 *
 * <p>Thread-safe; the monitor makes a hold and a change follow each other.
 */
public final class PluginHost {

    private final PluginCatalog builtIn;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile PluginCatalog current;

    /** @param builtIn the plugins of the class path, which never change */
    public PluginHost(PluginCatalog builtIn) {
        this.builtIn = builtIn;
        this.current = builtIn;
    }

    /** The plugins of the class path. */
    public PluginCatalog builtIn() {
        return builtIn;
    }

    /** What is hosted now, to look at. To run it, {@link #hold} it. */
    public PluginCatalog current() {
        return current;
    }

    /** Keeps what is hosted now until the hold is closed. */
    public synchronized Hold hold() {
        return new Hold(current);
    }

    /** Calls after each change, on the thread that makes it. The listener must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Hosts these from now on, beside the plugins of the class path. What is not among them may be retired then. */
    void host(List<PluginCatalog> bundles) {
        List<PluginCatalog> all = new ArrayList<>(List.of(builtIn));
        all.addAll(bundles);
        synchronized (this) {
            current = PluginCatalog.joined(all);
        }
        listeners.forEach(Runnable::run);
    }

    /** Plugins that stay until it is closed. Thread-safe. */
    public static final class Hold implements AutoCloseable {

        private final PluginCatalog catalog;
        private final List<PluginRealm> realms;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Hold(PluginCatalog catalog) {
            this.catalog = catalog;
            this.realms = catalog.plugins().stream().map(HostedPlugin::realm).distinct().toList();
            realms.forEach(realm -> realm.uses().acquire());
        }

        /** What is held. */
        public PluginCatalog catalog() {
            return catalog;
        }

        /** Lets go of it; does nothing the second time. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                realms.forEach(realm -> realm.uses().release());
            }
        }
    }
}
