package dev.leat.domain;

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
 */
public record WorkerHeartbeat(WorkerId worker, long sequence, Instant startedAt, Instant sentAt, String host,
        String version, List<String> plugins, int slots, int freeSlots) {

    public WorkerHeartbeat {
        plugins = List.copyOf(plugins);
    }
}
