package dev.leat.simulation.kafka;

import java.time.Duration;

import dev.leat.domain.WorkerId;

/** What is written to the topic of workers; a lease of zero is a goodbye. */
public record Beat(WorkerId worker, Duration lease) {

    public boolean isGoodbye() {
        return lease.isZero();
    }
}
