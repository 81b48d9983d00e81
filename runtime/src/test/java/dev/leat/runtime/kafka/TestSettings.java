package dev.leat.runtime.kafka;

import java.util.HashMap;
import java.util.Map;

import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;

/** Settings of a service against a test's broker. */
final class TestSettings {

    private TestSettings() {}

    static Settings of(String bootstrapServers, String prefix, String... more) {
        Map<String, String> values = new HashMap<>(Map.of(ServiceOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers,
                ServiceOptions.TOPIC_PREFIX.key(), prefix));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return Settings.of(OptionCatalog.of(ServiceOptions.class), values);
    }
}
