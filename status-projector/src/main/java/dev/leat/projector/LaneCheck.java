package dev.leat.projector;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.TopicSetupException;
import dev.leat.schemas.Topics;

/**
 * Refuses lanes with another number of partitions than all other topics: their records would not meet their facts. Most
 * lanes are not made by the projector, so it looks at those that are there.
 */
final class LaneCheck {

    private LaneCheck() {}

    /** @throws TopicSetupException naming each wrong lane */
    static void requirePartitions(Admin admin, Topics topics, int partitions) throws InterruptedException {
        Pattern lanes = topics.lanePattern();
        try {
            Map<String, TopicDescription> found = admin.describeTopics(
                    admin.listTopics().names().get().stream().filter(lanes.asMatchPredicate()).toList())
                    .allTopicNames()
                    .get();
            String wrong = found.values()
                    .stream()
                    .filter(lane -> lane.partitions().size() != partitions)
                    .map(lane -> lane.name() + " has " + lane.partitions().size())
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!wrong.isEmpty()) {
                throw new TopicSetupException("Expected every lane to have " + partitions
                        + " partitions, as the other topics of Leat have, but " + wrong
                        + ". Make the topic again with " + partitions + " partitions.");
            }
        } catch (ExecutionException e) {
            throw new BrokerUnavailableException("Expected Kafka to describe the lanes, but: " + e.getMessage(), e);
        }
    }
}
