package dev.leat.simulation.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.ClusterShare;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.limit.PluginSettings;
import dev.leat.domain.limit.PluginUse;
import dev.leat.domain.limit.StartPace;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Beat;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.Tail;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/**
 * Says whether another job of the plugin may start, as the worker's {@code PluginGates} do: reads what operators and other
 * workers say, and is ready when it has read all that there was when it began.
 */
final class Gates {

    private static final long PATIENCE = World.millis(2_000);

    private record Arrival(PluginUse use, Duration lease, long at) {

        boolean isLive(long now) {
            return now - at < lease.toNanos();
        }
    }

    /** Reads a log, and knows when it has read what there was at first. */
    private final class Reading {

        private final Tail tail;
        private Optional<Long> end = Optional.empty();

        Reading(Log log, Tail.Handler handler) {
            this.tail = Tail.of(node, log, 0, () -> true, handler);
            ask(log);
        }

        private void ask(Log log) {
            node.ask("ends", log::stableEnd, answer -> {
                end = answer;
                if (answer.isEmpty()) {
                    ask(log);
                }
            }, PATIENCE);
        }

        boolean isReady() {
            return end.filter(position -> tail.position() >= position).isPresent();
        }
    }

    private final Node node;
    private final WorkerId worker;
    private final Rules rules;
    private final Runnable permitsChanged;
    private final List<Reading> readings;
    private final Map<WorkerId, Arrival> arrivals = new HashMap<>();
    private PluginSettings settings = PluginSettings.NONE;
    private Optional<ClusterShare> share = Optional.empty();
    private Optional<StartPace> pace = Optional.empty();

    /**
     * @param operated whether anybody says anything in this history; where not, nothing need be read
     * @param permitsChanged what this worker says of the plugin is something else now
     */
    Gates(Node node, WorkerId worker, Cluster cluster, Rules rules, boolean operated, Runnable permitsChanged) {
        this.node = node;
        this.worker = worker;
        this.rules = rules;
        this.permitsChanged = permitsChanged;
        this.readings = operated
                ? List.of(new Reading(cluster.settings(),
                        source -> settings = settings.with((PluginSetting) source.value())),
                        new Reading(cluster.heartbeats(), source -> hear((Beat) source.value())))
                : List.of();
    }

    private void hear(Beat beat) {
        if (beat.isGoodbye()) {
            arrivals.remove(beat.worker());
        } else {
            arrivals.put(beat.worker(), new Arrival(beat.use(), beat.lease(), node.now()));
        }
    }

    boolean isReady() {
        return readings.stream().allMatch(Reading::isReady);
    }

    /** Works out anew what holds. */
    void refresh() {
        Optional<Integer> before = permits();
        Map<WorkerId, PluginUse> others = new HashMap<>();
        arrivals.values().removeIf(arrival -> !arrival.isLive(node.now()));
        arrivals.forEach((other, arrival) -> others.put(other, arrival.use()));
        share = settings.maxRunning().map(limit -> rules.sharing().of(worker, before.orElse(0), others, limit));
        int readers = share.map(ClusterShare::readers).orElseGet(() -> Math.max(1, others.size()));
        pace = settings.startsPerSecond().map(rate -> pace(rate / readers));
        if (!before.equals(permits())) {
            permitsChanged.run();
        }
    }

    private StartPace pace(double rate) {
        pace.ifPresent(known -> known.change(rate, node.now()));
        return pace.orElseGet(() -> new StartPace(rate, node.now()));
    }

    private Optional<Integer> permits() {
        return share.map(ClusterShare::permits);
    }

    /** Whether this worker reads the lanes. */
    boolean reads() {
        return share.map(ClusterShare::takesPart).orElse(true);
    }

    /** Whether another job may start where so many run here. */
    boolean mayStart(int running) {
        return !isPaused() && share.filter(own -> running >= own.permits()).isEmpty()
                && pace.filter(own -> !own.isOpen(node.now())).isEmpty();
    }

    private boolean isPaused() {
        return rules.pausing() == Rules.Pausing.FOLLOWED && settings.paused();
    }

    void started() {
        pace.ifPresent(own -> own.start(node.now()));
    }

    /** What to say in a heartbeat. */
    PluginUse use(int running) {
        return new PluginUse(Cluster.PLUGIN, running, permits());
    }

    void close() {
        readings.forEach(reading -> reading.tail.close());
    }
}
