package dev.leat.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import dev.leat.domain.WorkerId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Workers that come and go and change their shares one after the other, all of them seeing all heartbeats. */
class ClusterShareProperties {

    private final Map<WorkerId, PluginUse> beats = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));

    private void recompute(WorkerId worker, int limit) {
        Map<WorkerId, PluginUse> others = new HashMap<>(beats);
        PluginUse own = others.remove(worker);
        int before = own == null ? 0 : own.permits().orElse(0);
        int running = own == null ? 0 : own.running();
        ClusterShare share = ClusterShare.of(worker, before, others, limit);
        beats.put(worker, new PluginUse("p", running, Optional.of(share.permits())));
    }

    private void work(WorkerId worker, Random random) {
        PluginUse own = beats.get(worker);
        if (own != null) {
            int permits = own.permits().orElse(0);
            int running = own.running() < permits && random.nextBoolean()
                    ? own.running() + 1
                    : Math.max(0, own.running() - 1);
            beats.put(worker, new PluginUse("p", running, own.permits()));
        }
    }

    private int running() {
        return beats.values().stream().mapToInt(PluginUse::running).sum();
    }

    @Property(tries = 2000)
    void noMoreRunThanTheLimitAndInTheEndAllOfItIsShared(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int limit) {
        Random random = new Random(seed);
        beats.clear();
        for (int step = 0; step < 200; step++) {
            WorkerId worker = new WorkerId("w" + random.nextInt(6));
            switch (random.nextInt(8)) {
                case 0 -> beats.remove(worker);
                case 1, 2, 3 -> recompute(worker, limit);
                default -> work(worker, random);
            }
            assertThat(running()).as("after step %s", step).isLessThanOrEqualTo(limit);
        }
        WorkerId last = new WorkerId("w0");
        recompute(last, limit);
        for (int quiet = 0; quiet < 3; quiet++) {
            for (WorkerId worker : beats.keySet().toArray(WorkerId[]::new)) {
                recompute(worker, limit);
                beats.computeIfPresent(worker, (_, use) -> new PluginUse("p",
                        Math.min(use.running(), use.permits().orElse(0)), use.permits()));
            }
        }
        assertThat(beats.values().stream().mapToInt(use -> use.permits().orElse(0)).sum()).isEqualTo(limit);
    }
}
