package dev.leat.worker.bundle;

import java.io.IOException;
import java.net.URLClassLoader;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;

/**
 * One loaded version of a bundle: its plugins, started, with their class loader and the copy of the jars that it reads.
 *
 * @param name of the jar or folder that it came from
 * @param catalog its plugins; of one realm
 */
record Bundle(String name, PluginCatalog catalog, URLClassLoader loader, TemporaryFolder copy) {

    private static final Logger LOG = LoggerFactory.getLogger(Bundle.class);

    List<String> ids() {
        return catalog.plugins().stream().map(HostedPlugin::id).toList();
    }

    /**
     * Has it closed once nobody needs it any more.
     *
     * @param close called on the thread of the last user; must not block
     */
    void retire(Runnable close) {
        catalog.plugins().getFirst().realm().uses().retire(close);
    }

    /** Stops its plugins, unloads their classes and deletes the copy. What goes wrong is logged. */
    void close() {
        catalog.stop();
        try {
            loader.close();
        } catch (IOException e) {
            LOG.warn("Expected to close the jars of plugin bundle {}, but: {}", name, e.toString());
        }
        copy.delete();
    }
}
