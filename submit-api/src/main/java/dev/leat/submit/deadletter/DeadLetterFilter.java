package dev.leat.submit.deadletter;

import java.util.Optional;

import dev.leat.schemas.Topics;
import dev.leat.schemas.Topics.LaneOfPlugin;

/**
 * Which dead letters are meant; what is empty does not matter.
 *
 * @param topic where they came from
 * @param plugin the one whose lane they came from
 */
public record DeadLetterFilter(Optional<String> reason, Optional<String> topic, Optional<String> plugin) {

    /** Lets every dead letter through. */
    public static final DeadLetterFilter ALL = new DeadLetterFilter(Optional.empty(), Optional.empty(),
            Optional.empty());

    boolean matches(DeadLetterEntry entry, Topics topics) {
        Optional<String> from = entry.origin().map(origin -> origin.topic());
        return (reason.isEmpty() || reason.equals(entry.reason()))
                && (topic.isEmpty() || topic.equals(from))
                && (plugin.isEmpty() || plugin.equals(from.flatMap(topics::parseLane).map(LaneOfPlugin::plugin)));
    }
}
