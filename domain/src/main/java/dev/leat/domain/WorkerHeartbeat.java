package dev.leat.domain;

import dev.leat.domain.limit.PluginUse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A worker's sign of life.
 *
 * @param sequence counts the beats of this worker, from 1
 * @param host where it runs, for people
 * @param version of Leat
 * @param plugins the ids of those it hosts
 * @param slots how many attempts it can run at once
 * @param freeSlots how many of them were free when it beat
 * @param lostSlots how many are held by handlers that did not stop when they had to; included in those not free
 * @param uses how much of each of these plugins it runs
 * @param lease how long after a beat has arrived the worker's claims hold
 * @param draining whether it is about to stop: it takes no more jobs and lets those that it has come to their end
 */
public record WorkerHeartbeat(WorkerId worker, long sequence, Instant startedAt, Instant sentAt, String host,
        String version, List<String> plugins, int slots, int freeSlots,
        int lostSlots, List<PluginUse> uses, Duration lease, boolean draining) {

    public WorkerHeartbeat {
        plugins = List.copyOf(plugins);
        uses = List.copyOf(uses);
    }

    /** The sign of life of a worker that is not about to stop. */
    public WorkerHeartbeat(WorkerId worker, long sequence, Instant startedAt, Instant sentAt, String host,
            String version, List<String> plugins, int slots, int freeSlots, int lostSlots, List<PluginUse> uses,
            Duration lease) {
        this(worker, sequence, startedAt, sentAt, host, version, plugins, slots, freeSlots, lostSlots, uses, lease,
                false);
    }
}
