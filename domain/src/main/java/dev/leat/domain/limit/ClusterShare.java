package dev.leat.domain.limit;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.leat.domain.WorkerId;

/**
 * Divides a plugin's limit among the workers that host it, without a word between them but their heartbeats: each works
 * out its own share.
 *
 * <p>The first workers in the order of their ids, as many as the limit has units, take part; the limit is divided among
 * them as evenly as it goes, and only they read the plugin's lanes. (A worker that read lanes without a permit would keep
 * its partitions' jobs waiting.)
 *
 * <p>Invariant: where all workers see the same heartbeats, the permits of all together are never more than the limit. A
 * worker takes less at once, and more only where what the others say to have taken leaves room. Where one worker has seen a
 * heartbeat that another has not, the permits may exceed the limit for as long as the heartbeat is under way.
 *
 * <p>Pure.
 *
 * @param takesPart whether this worker reads the plugin's lanes
 * @param permits how many of the plugin's jobs it may run
 * @param readers how many workers read the lanes
 */
public record ClusterShare(boolean takesPart, int permits, int readers) {

    /**
     * The share of one worker.
     *
     * @param own this worker's id
     * @param before how many permits it has had until now; 0 where it has just learned of the limit
     * @param others what the other living workers that host the plugin have said last
     * @param limit over all workers, at least 1
     */
    public static ClusterShare of(WorkerId own, int before, Map<WorkerId, PluginUse> others, int limit) {
        List<WorkerId> all = Stream.concat(others.keySet().stream(), Stream.of(own))
                .distinct()
                .sorted(Comparator.comparing(WorkerId::value))
                .toList();
        int readers = Math.min(all.size(), limit);
        int place = all.indexOf(own);
        if (place >= readers) {
            return new ClusterShare(false, 0, readers);
        }
        int target = limit / readers + (place < limit % readers ? 1 : 0);
        int taken = others.entrySet()
                .stream()
                .filter(other -> !other.getKey().equals(own))
                .mapToInt(other -> other.getValue().taken())
                .sum();
        int room = Math.max(0, limit - taken);
        int permits = target <= before ? target : Math.max(before, Math.min(target, room));
        return new ClusterShare(true, permits, readers);
    }
}
