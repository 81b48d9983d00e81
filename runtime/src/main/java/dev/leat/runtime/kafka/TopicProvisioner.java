package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;

/**
 * Makes the topics that are missing, and refuses those that have another number of partitions: with one number
 * everywhere, a job is in the same partition of each topic. Thread-safe, and safe when several processes do it at once.
 *
 * <p>The number N is {@code leat.partitions} where somebody set it, else that of the existing {@code events} topic,
 * else the option's default. {@code events} is made first and alone: whoever makes it has decided N for all. Nothing is
 * changed on topics that exist.
 */
public final class TopicProvisioner {
    private final KafkaClients clients;
    private final Topics topics;
    private final Optional<Integer> explicitPartitions;
    private final int defaultPartitions;
    private final Optional<Short> replicationFactor;
    private final Duration patience;

    public TopicProvisioner(KafkaClients clients, Settings settings) {
        this.clients = clients;
        this.topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        this.defaultPartitions = settings.get(ServiceOptions.PARTITIONS);
        this.explicitPartitions = settings.isExplicit(ServiceOptions.PARTITIONS)
                ? Optional.of(defaultPartitions)
                : Optional.empty();
        this.replicationFactor = settings.get(ServiceOptions.REPLICATION_FACTOR).map(Integer::shortValue);
        this.patience = settings.get(ServiceOptions.STARTUP_TIMEOUT);
    }

    /**
     * Sees to it that the core topics and the lanes of these plugins exist and can be used: the leader of each partition
     * answers. Waits for a broker that is not up yet, {@code leat.startup.timeout} at most.
     *
     * @return N, the number of partitions of every topic
     * @throws TopicSetupException        where a topic has another number of partitions or may not be made
     * @throws BrokerUnavailableException where Kafka did not answer in time
     * @throws InterruptedException       where the thread is interrupted while it waits
     */
    public int provision(Collection<String> plugins) throws InterruptedException {
        List<TopicPlan> plans = TopicPlan.of(topics, plugins);
        return new BrokerWait(clients, patience).until("topics", admin -> attempt(admin, plans));
    }

    /** One round: N where all is as it should be, else makes what is missing. */
    private Optional<Integer> attempt(Admin admin, List<TopicPlan> plans)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = describe(admin, plans);
        int partitions = partitions(found);
        refuseOthers(found, partitions);
        List<TopicPlan> missing = plans.stream().filter(plan -> !found.containsKey(plan.name())).toList();
        if (missing.isEmpty()) {
            awaitLeaders(admin, found.values());
            return Optional.of(partitions);
        }
        create(admin, found.containsKey(topics.events()) ? missing : missing.subList(0, 1), partitions);
        return Optional.empty();
    }

    private int partitions(Map<String, TopicDescription> found) {
        return explicitPartitions.orElseGet(() -> Optional.ofNullable(found.get(topics.events()))
                .map(events -> events.partitions().size())
                .orElse(defaultPartitions));
    }

    private static Map<String, TopicDescription> describe(Admin admin, List<TopicPlan> plans)
            throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers = admin
                .describeTopics(plans.stream().map(TopicPlan::name).toList())
                .topicNameValues();
        Map<String, TopicDescription> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                found.put(answer.getKey(), answer.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private static void refuseOthers(Map<String, TopicDescription> found, int partitions) {
        String others = found.values()
                .stream()
                .filter(topic -> topic.partitions().size() != partitions)
                .map(topic -> topic.name() + " has " + topic.partitions().size())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new TopicSetupException("Expected every topic of Leat to have " + partitions + " partitions, but "
                    + others + ". Set " + ServiceOptions.PARTITIONS.key()
                    + " to what the topics have (or leave it unset"
                    + " where all have the same), make the topic again with " + partitions
                    + " partitions, or choose another " + ServiceOptions.TOPIC_PREFIX.key() + ".");
        }
    }

    /**
     * Asks the leader of each partition for its end. A broker names itself in the metadata a moment before it leads: an
     * idempotent producer whose first batch meets that moment and whose second does not would wait for the first one's
     * place in vain, as the broker takes whatever comes first as the beginning.
     */
    private static void awaitLeaders(Admin admin, Collection<TopicDescription> found)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        found.forEach(topic -> topic.partitions()
                .forEach(partition -> ends.put(new TopicPartition(topic.name(), partition.partition()),
                        OffsetSpec.latest())));
        admin.listOffsets(ends).all().get();
    }

    private void create(Admin admin, List<TopicPlan> missing, int partitions)
            throws ExecutionException, InterruptedException {
        List<NewTopic> wanted = missing.stream()
                .map(plan -> new NewTopic(plan.name(), Optional.of(partitions), replicationFactor)
                        .configs(plan.config()))
                .toList();
        for (KafkaFuture<Void> answer : admin.createTopics(wanted).values().values()) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
