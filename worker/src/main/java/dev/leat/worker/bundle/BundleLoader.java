package dev.leat.worker.bundle;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;

import org.jspecify.annotations.Nullable;

import dev.leat.plugin.Plugin;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.worker.bundle.BundleFiles.JarFileState;
import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;
import dev.leat.worker.plugin.PluginContexts;
import dev.leat.worker.plugin.PluginRealm;
import dev.leat.worker.plugin.PluginRefusedException;

/**
 * Loads bundles: copies the jars, so that whatever happens to them in the folder does not happen to a running JVM, opens
 * them with a class loader of their own, checks the plugins and starts them. For one thread at a time.
 */
public final class BundleLoader {

    private final ParamsValidator validator;
    private final PluginContexts contexts;
    private final ClassLoader parent = new PluginApiLoader(Plugin.class.getClassLoader());

    /**
     * @param validator checks params; may be shared
     * @param contexts gives each plugin what it gets when it starts
     */
    public BundleLoader(ParamsValidator validator, PluginContexts contexts) {
        this.validator = validator;
        this.contexts = contexts;
    }

    /**
     * Loads a bundle and starts its plugins.
     *
     * @param taken who has which plugin id already, to name in a message
     * @throws PluginRefusedException with everything that is wrong with it; nothing of it is left then
     */
    Bundle load(BundleFiles files, Map<String, String> taken) {
        TemporaryFolder copy = folder(files);
        Optional<URLClassLoader> loader = Optional.empty();
        try {
            URLClassLoader opened = new URLClassLoader("leat-plugin-" + files.name(), copied(files, copy), parent);
            loader = Optional.of(opened);
            PluginCatalog catalog = checked(files, taken, opened);
            catalog.start(contexts);
            return new Bundle(files.name(), catalog, opened, copy);
        } catch (Throwable e) { // Whatever a jar brings about, the worker runs other plugins.
            loader.ifPresent(BundleLoader::close);
            copy.delete();
            throw refusal(files, e);
        }
    }

    private static TemporaryFolder folder(BundleFiles files) {
        try {
            return TemporaryFolder.create();
        } catch (IOException e) {
            throw refusal(files, e);
        }
    }

    private static PluginRefusedException refusal(BundleFiles files, Throwable e) {
        return e instanceof PluginRefusedException refused
                ? refused
                : new PluginRefusedException("Expected plugin bundle %s to load, but: %s".formatted(files.name(), e),
                        e);
    }

    private static URL[] copied(BundleFiles files, TemporaryFolder copy) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (JarFileState jar : files.jars()) {
            Path target = copy.path().resolve(jar.path().getFileName().toString());
            Files.copy(jar.path(), target);
            // A class loader passes over what it cannot open, and then only lacks a class.
            try (JarFile _ = new JarFile(target.toFile())) {
                urls.add(target.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private PluginCatalog checked(BundleFiles files, Map<String, String> taken, URLClassLoader loader) {
        PluginCatalog catalog = PluginCatalog.load("in bundle " + files.name(), PluginRealm.of(loader), validator);
        if (catalog.plugins().isEmpty()) {
            throw new PluginRefusedException(
                    List.of(("Expected bundle %s to name a plugin in META-INF/services/%s, but it"
                            + " names none").formatted(files.name(), Plugin.class.getName())));
        }
        List<String> problems = catalog.plugins().stream().flatMap(plugin -> taken(plugin, taken).stream()).toList();
        if (!problems.isEmpty()) {
            throw new PluginRefusedException(problems);
        }
        return catalog;
    }

    private static Optional<String> taken(HostedPlugin plugin, Map<String, String> taken) {
        @Nullable
        String owner = taken.get(plugin.id());
        return owner == null
                ? Optional.empty()
                : Optional.of("Expected plugin ids that no other plugin has, but '%s' is taken by %s"
                        .formatted(plugin.id(), owner));
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException _) {
            // It was opened for reading alone, and nobody has read with it.
        }
    }
}
