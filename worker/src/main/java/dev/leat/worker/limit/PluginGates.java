package dev.leat.worker.limit;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.ClusterShare;
import dev.leat.domain.limit.PluginSettings;
import dev.leat.domain.limit.PluginUse;

import dev.leat.domain.limit.StartPace;
import dev.leat.runtime.plugin.SettingsBoard;

/**
 * Says of each plugin whether this worker may read its lanes and start another of its jobs: whether the plugin is paused,
 * what this worker's share of its limit is ({@link ClusterShare}), and at which pace its jobs may start.
 *
 * <p>Invariant: what is started was allowed at that moment; where an operator allows less, what runs goes on, and nothing
 * starts until it is within the new limit.
 *
 * <p>Owned by the thread that claims; {@link #use} is for any.
 */
public final class PluginGates {

    private final WorkerId worker;
    private final SettingsBoard settings;
    private final PeerWatch peers;
    private final LongSupplier clock;
    private final Runnable permitsChanged;
    private final Map<String, Gate> gates = new HashMap<>();
    /** How many jobs of each limited plugin may run here. */
    private final Map<String, Integer> permits = new ConcurrentHashMap<>();
    private long nextOpening = Long.MAX_VALUE;

    /** @param pace empty where there is no limit on starts */
    private record Gate(boolean paused, Optional<ClusterShare> share, Optional<StartPace> pace) {

        static final Gate OPEN = new Gate(false, Optional.empty(), Optional.empty());
    }

    /**
     * @param clock monotonic, in nanoseconds
     * @param permitsChanged called where this worker's share has changed, so that others learn of it soon; must not block
     */
    public PluginGates(WorkerId worker, SettingsBoard settings, PeerWatch peers, LongSupplier clock,
            Runnable permitsChanged) {
        this.worker = worker;
        this.settings = settings;
        this.peers = peers;
        this.clock = clock;
        this.permitsChanged = permitsChanged;
    }

    /** Works out anew what holds for these plugins. Called before each batch. */
    public void refresh(Collection<String> plugins) {
        nextOpening = Long.MAX_VALUE;
        gates.keySet().retainAll(plugins);
        Map<String, Integer> before = Map.copyOf(permits);
        permits.keySet().retainAll(plugins);
        plugins.forEach(plugin -> gates.put(plugin, gate(plugin, settings.of(plugin))));
        if (!before.equals(permits)) {
            permitsChanged.run();
        }
    }

    private Gate gate(String plugin, PluginSettings now) {
        if (now.equals(PluginSettings.NONE)) {
            permits.remove(plugin);
            return Gate.OPEN;
        }
        Optional<ClusterShare> share = now.maxRunning().map(limit -> share(plugin, limit));
        share.ifPresentOrElse(own -> permits.put(plugin, own.permits()), () -> permits.remove(plugin));
        int readers = share.map(ClusterShare::readers).orElseGet(() -> Math.max(1, peers.users(plugin).size()));
        return new Gate(now.paused(), share, now.startsPerSecond().map(rate -> pace(plugin, rate / readers)));
    }

    private ClusterShare share(String plugin, int limit) {
        return ClusterShare.of(worker, permits.getOrDefault(plugin, 0), peers.users(plugin), limit);
    }

    private StartPace pace(String plugin, double rate) {
        long now = clock.getAsLong();
        Optional<StartPace> known = gate(plugin).pace();
        known.ifPresent(pace -> pace.change(rate, now));
        return known.orElseGet(() -> new StartPace(rate, now));
    }

    private Gate gate(String plugin) {
        @Nullable
        Gate gate = gates.get(plugin);
        return gate == null ? Gate.OPEN : gate;
    }

    /** Whether this worker reads the plugin's lanes. */
    public boolean reads(String plugin) {
        return gate(plugin).share().map(ClusterShare::takesPart).orElse(true);
    }

    /**
     * Whether another job of the plugin may start.
     *
     * @param running how many of them run here
     */
    public boolean mayStart(String plugin, int running) {
        Gate gate = gate(plugin);
        if (gate.paused() || gate.share().filter(share -> running >= share.permits()).isPresent()) {
            return false;
        }
        long wait = gate.pace().map(pace -> pace.untilOpen(clock.getAsLong())).orElse(0L);
        if (wait > 0) {
            nextOpening = Math.min(nextOpening, wait);
        }
        return wait == 0;
    }

    /** A job of the plugin is started. */
    public void started(String plugin) {
        gate(plugin).pace().ifPresent(pace -> pace.start(clock.getAsLong()));
    }

    /** How long to wait at most until it is worth to ask again, where a pace has refused a start since {@link #refresh}. */
    public Duration atMost(Duration longest) {
        return Duration.ofNanos(Math.min(longest.toNanos(), nextOpening));
    }

    /** What to say in a heartbeat of a plugin of which so many jobs run here. */
    public PluginUse use(String plugin, int running) {
        return new PluginUse(plugin, running, Optional.ofNullable(permits.get(plugin)));
    }
}
