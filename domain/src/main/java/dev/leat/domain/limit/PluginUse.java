package dev.leat.domain.limit;

import java.util.Optional;

/**
 * What a worker says in its heartbeat about a plugin that it hosts.
 *
 * @param running how many of its jobs the worker runs
 * @param permits how many it may run, as far as it knows; empty where it knows of no limit
 */
public record PluginUse(String plugin, int running, Optional<Integer> permits) {

    /** How much of the plugin's limit this worker has taken. */
    int taken() {
        return Math.max(running, permits.orElse(0));
    }
}
