package dev.leat.domain.limit;

import java.util.Optional;

/**
 * What holds for a plugin.
 *
 * @param maxRunning as {@link PluginSetting.Limits#maxRunning}
 * @param startsPerSecond as {@link PluginSetting.Limits#startsPerSecond}
 */
public record PluginSettings(boolean paused, Optional<Integer> maxRunning, Optional<Double> startsPerSecond) {

    /** Nobody has said anything. */
    public static final PluginSettings NONE = new PluginSettings(false, Optional.empty(), Optional.empty());

    /** The settings with this one. */
    public PluginSettings with(PluginSetting setting) {
        return switch (setting) {
            case PluginSetting.Pause pause -> new PluginSettings(pause.paused(), maxRunning, startsPerSecond);
            case PluginSetting.Limits limits ->
                new PluginSettings(paused, limits.maxRunning(), limits.startsPerSecond());
        };
    }
}
