package dev.leat.worker.claim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Lane;
import dev.leat.schemas.Topics;
import dev.leat.schemas.Topics.LaneOfPlugin;
import dev.leat.worker.bundle.PluginHost;
import dev.leat.worker.limit.PluginGates;
import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;

/**
 * The plugins that a session claims for, and their lanes: what the host had when it was last followed. They are held, so
 * that between two calls of {@link #follow} whatever is found here can be bound, claimed and held for an attempt. Lanes
 * of a plugin of which this worker has no share ({@link PluginGates}) are left to others.
 *
 * <p>Owned by the consumer's thread.
 */
final class HostedLanes implements AutoCloseable {

    private final PluginHost host;
    private final PluginGates gates;
    private final Topics topics;
    private PluginHost.Hold hold;
    private Map<String, LaneOfPlugin> lanes;

    HostedLanes(PluginHost host, PluginGates gates, Topics topics) {
        this.host = host;
        this.gates = gates;
        this.topics = topics;
        this.hold = host.hold();
        refreshGates();
        this.lanes = lanes(hold.catalog());
    }

    /** Goes on with what the host has and the gates allow now; gives whether that is something else than before. */
    boolean follow() {
        boolean sameCatalog = host.current() == hold.catalog();
        if (!sameCatalog) {
            PluginHost.Hold before = hold;
            hold = host.hold();
            before.close();
        }
        refreshGates();
        Map<String, LaneOfPlugin> now = lanes(hold.catalog());
        boolean same = sameCatalog && now.equals(lanes);
        lanes = now;
        return !same;
    }

    private void refreshGates() {
        gates.refresh(hold.catalog().plugins().stream().map(HostedPlugin::id).toList());
    }

    PluginCatalog catalog() {
        return hold.catalog();
    }

    /** The topics to read. */
    Set<String> topics() {
        return lanes.keySet();
    }

    /** What the topic is; empty where its plugin is not hosted, or not any more. */
    Optional<LaneOfPlugin> lane(String topic) {
        @Nullable
        LaneOfPlugin lane = lanes.get(topic);
        return Optional.ofNullable(lane);
    }

    /** The plugins that limit themselves. */
    Map<String, Integer> limits() {
        Map<String, Integer> limits = new HashMap<>();
        catalog().plugins().forEach(plugin -> plugin.slots().ifPresent(limit -> limits.put(plugin.id(), limit)));
        return limits;
    }

    private Map<String, LaneOfPlugin> lanes(PluginCatalog catalog) {
        Map<String, LaneOfPlugin> found = new HashMap<>();
        for (HostedPlugin plugin : catalog.plugins()) {
            if (!gates.reads(plugin.id())) {
                continue;
            }
            for (Lane lane : Lane.values()) {
                found.put(topics.jobs(plugin.id(), lane), new LaneOfPlugin(plugin.id(), lane));
            }
        }
        return Map.copyOf(found);
    }

    @Override
    public void close() {
        hold.close();
    }
}
