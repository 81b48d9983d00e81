package dev.leat.testkit.guarantees;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.ClaimId;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginSetting;

/**
 * What was seen of the limits and pauses of plugins. All times are of one clock.
 *
 * @param said what operators have said, in the order in which it was written
 * @param beats the heartbeats of workers, in the order in which they were written
 * @param starts what workers have started
 */
public record PluginRecords(List<Said> said, List<Beat> beats, List<Start> starts) {

    /** Nothing was seen. */
    public static final PluginRecords NONE = new PluginRecords(List.of(), List.of(), List.of());

    public PluginRecords {
        said = List.copyOf(said);
        beats = List.copyOf(beats);
        starts = starts.stream().sorted(Comparator.comparing(Start::from)).toList();
    }

    /** An operator has said something about a plugin. */
    public record Said(PluginSetting setting, Instant written) {}

    /**
     * A heartbeat.
     *
     * @param lease how long it counts; zero for a goodbye
     */
    public record Beat(WorkerId worker, Duration lease, Instant written) {}

    /**
     * An attempt of a plugin's job that holds a slot.
     *
     * @param from when the worker took it, which is before it says that it claims it
     * @param until when it gave the slot back, or was gone; empty where that is not known, so that nothing is made of it
     */
    public record Start(String plugin, ClaimId claim, WorkerId worker, Instant from, Optional<Instant> until) {

        boolean isGoingOnAt(Instant time) {
            return !from.isAfter(time) && until.filter(end -> end.isAfter(time)).isPresent();
        }
    }

    /** The plugins of which anything was said. */
    Set<String> plugins() {
        Set<String> plugins = new LinkedHashSet<>();
        said.forEach(one -> plugins.add(one.setting().plugin()));
        return plugins;
    }

    List<Start> startsOf(String plugin) {
        return starts.stream().filter(start -> start.plugin().equals(plugin)).toList();
    }

    /** What was said of a plugin of this kind. */
    <T extends PluginSetting> Map<Instant, T> saidOf(String plugin, Class<T> kind) {
        Map<Instant, T> settings = new LinkedHashMap<>();
        said.stream()
                .filter(one -> one.setting().plugin().equals(plugin) && kind.isInstance(one.setting()))
                .forEach(one -> settings.put(one.written(), kind.cast(one.setting())));
        return settings;
    }

    /** When each worker has sent heartbeats. */
    Map<WorkerId, List<Beat>> beatsByWorker() {
        Map<WorkerId, List<Beat>> byWorker = new LinkedHashMap<>();
        beats.forEach(beat -> byWorker.computeIfAbsent(beat.worker(), _ -> new ArrayList<>()).add(beat));
        return byWorker;
    }
}
