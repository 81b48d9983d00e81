package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;

/**
 * Refuses lanes with another number of partitions than all other topics: their records would not meet their facts. It
 * looks at those that are there, whoever has made them. Thread-safe.
 */
public final class LaneCheck {

    private final KafkaClients clients;
    private final Pattern lanes;
    private final Duration patience;

    public LaneCheck(KafkaClients clients, Settings settings) {
        this.clients = clients;
        this.lanes = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX)).lanePattern();
        this.patience = settings.get(ServiceOptions.STARTUP_TIMEOUT);
    }

    /**
     * Looks at all lanes. Waits for a broker that does not answer, {@code leat.startup.timeout} at most.
     *
     * @throws TopicSetupException        naming each wrong lane
     * @throws BrokerUnavailableException where Kafka did not answer in time
     * @throws InterruptedException       where the thread is interrupted while it waits
     */
    public void requirePartitions(int partitions) throws InterruptedException {
        String wrong = new BrokerWait(clients, patience).until("lanes", this::describe)
                .stream()
                .filter(lane -> lane.partitions().size() != partitions)
                .map(lane -> lane.name() + " has " + lane.partitions().size())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw new TopicSetupException("Expected every lane to have " + partitions
                    + " partitions, as the other topics of Leat have, but " + wrong + ". Make the topic again with "
                    + partitions + " partitions.");
        }
    }

    /** A lane that goes between the two questions is no error: the second one fails for a passing reason then. */
    private Optional<Collection<TopicDescription>> describe(Admin admin)
            throws ExecutionException, InterruptedException {
        Collection<String> found = admin.listTopics().names().get().stream().filter(lanes.asMatchPredicate()).toList();
        return Optional.of(admin.describeTopics(found).allTopicNames().get().values());
    }
}
