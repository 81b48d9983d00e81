package dev.leat.simulation;

import dev.leat.domain.limit.PluginSetting;

/**
 * Something that an operator is going to say about the plugin.
 *
 * @param at when, in nanoseconds
 */
public record PlannedSetting(long at, PluginSetting setting) {}
