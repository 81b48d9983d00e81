package dev.leat.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsLoader;

/** The flags that every command which starts something has. */
final class ConfigurationFlags {

    @Option(names = "--config", paramLabel = "FILE", description = "A properties file with leat.* options; environment variables and flags win over it.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any option of docs/configuration.md, such as --set leat.worker.slots=16. May be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address that the HTTP server binds to (default: 127.0.0.1).")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "The port of the HTTP server; 0 for any free one.")
    private Optional<Integer> port = Optional.empty();

    /**
     * Reads the configuration.
     *
     * @param defaults what this form of start puts in the place of options' own defaults
     * @param flags what the command's own flags say, by option key
     * @throws dev.leat.runtime.settings.SettingsException with everything that is wrong
     */
    Settings load(Map<String, String> defaults, Map<String, String> flags) {
        Map<String, String> overrides = new LinkedHashMap<>(set);
        host.ifPresent(address -> overrides.put("leat.http.host", address));
        port.ifPresent(number -> overrides.put("leat.http.port", String.valueOf(number)));
        overrides.putAll(flags);
        SettingsLoader loader = new SettingsLoader(Options.CATALOG).defaults(defaults);
        if (config != null) {
            loader.file(config);
        }
        return loader.environment(System.getenv()).overrides(overrides).load();
    }
}
