package dev.leat.worker.plugin;

import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What the code of plugins that were loaded together runs in. Whatever Leat remembers about their classes is in here, so
 * that it goes when they go. Thread-safe.
 *
 * @param loader the context class loader of the threads that run their code; libraries look for their own parts with it
 * @param json maps their records; caches what it has seen of them
 * @param uses who still needs their code
 */
public record PluginRealm(ClassLoader loader, JsonMapper json, PluginUses uses) {

    /** A realm of its own. */
    public static PluginRealm of(ClassLoader loader) {
        return new PluginRealm(loader, PluginJson.newMapper(), new PluginUses());
    }

    /** Code of a plugin, or code that calls it. */
    @FunctionalInterface
    interface Code<T, X extends Exception> {
        T call() throws X;
    }

    /** Calls code of the plugins on this thread. */
    <T, X extends Exception> T call(Code<T, X> code) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
