package dev.leat.worker.bundle;

import java.util.List;

/**
 * The parent of every bundle's class loader: it shows the plugin API, what that exposes, SLF4J's API and the JDK, and
 * nothing else of what Leat itself is made of. So a plugin brings the libraries that it uses, in the versions that it
 * wants, and no two plugins see each other.
 *
 * <p>Resources come from the JDK alone; so {@code META-INF/services} of Leat's class path names no services to a plugin.
 * Thread-safe.
 */
final class PluginApiLoader extends ClassLoader {

    /** Whole packages, with what is in them. A bundle cannot bring its own: theirs must be the same classes as Leat's. */
    private static final List<String> SHOWN = List.of("jakarta.validation.", "org.jspecify.annotations.",
            "org.slf4j.");
    private static final String PLUGIN_API = "dev.leat.plugin";

    private final ClassLoader leat;

    /** @param leat sees the plugin API */
    PluginApiLoader(ClassLoader leat) {
        super("leat-plugin-api", getPlatformClassLoader());
        this.leat = leat;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShown(name) ? leat.loadClass(name) : getPlatformClassLoader().loadClass(name);
    }

    private static boolean isShown(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.'))).equals(PLUGIN_API)
                || SHOWN.stream().anyMatch(name::startsWith);
    }
}
