package dev.leat.simulation.kafka;

import java.time.Duration;

import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginUse;

/**
 * What is written to the topic of workers; a lease of zero is a goodbye.
 *
 * @param use what the worker says about the plugin
 */
public record Beat(WorkerId worker, Duration lease, PluginUse use) {

    public boolean isGoodbye() {
        return lease.isZero();
    }
}
