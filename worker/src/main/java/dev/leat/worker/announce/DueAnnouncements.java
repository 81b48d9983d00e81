package dev.leat.worker.announce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.PluginDescriptor;

/**
 * Decides what a worker has to announce:
 * <ul>
 * <li>each plugin that it hosts, when it begins to and when the plugin's descriptor has changed;
 * <li>each of these again, when another worker has taken it back;
 * <li>that it takes back a plugin which it has announced and does not host any more.
 * </ul>
 * It does not announce again where another worker has announced something else: during an upgrade that takes one worker
 * after the other, the latest word is the newest version's.
 *
 * <p>Pure. For one thread.
 */
final class DueAnnouncements {

    /**
     * One record of the plugins topic.
     *
     * @param descriptor empty where the plugin is taken back
     */
    record Announcement(String plugin, Optional<PluginDescriptor> descriptor) {}

    private final Map<String, PluginDescriptor> announced = new HashMap<>();

    /** What is due, given what is hosted now. It stays due until it {@link #isMade}. */
    List<Announcement> due(List<PluginDescriptor> hosted) {
        List<Announcement> due = new ArrayList<>();
        Map<String, PluginDescriptor> gone = new HashMap<>(announced);
        for (PluginDescriptor descriptor : hosted) {
            @Nullable
            PluginDescriptor before = gone.remove(descriptor.plugin());
            if (!descriptor.equals(before)) {
                due.add(new Announcement(descriptor.plugin(), Optional.of(descriptor)));
            }
        }
        gone.keySet().forEach(plugin -> due.add(new Announcement(plugin, Optional.empty())));
        return due;
    }

    /** Kafka has it. */
    void isMade(Announcement made) {
        made.descriptor()
                .ifPresentOrElse(descriptor -> announced.put(made.plugin(), descriptor),
                        () -> announced.remove(made.plugin()));
    }

    /** Somebody has taken the plugin back. */
    void isTakenBack(String plugin) {
        announced.remove(plugin);
    }
}
