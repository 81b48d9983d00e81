package dev.leat.plugins.site.content;

import com.samskivert.mustache.BasicCollector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets templates look into maps and lists only: there is no reflection, so no method of any object can be called. */
final class PlainValues extends BasicCollector {

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }
}
