package dev.leat.projector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Lane;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** A command is deleted when it is old and has been read by all who need it, and never before. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@Timeout(60)
class LaneTrimTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int OLD = 5;
    private static final int YOUNG = 3;

    private final Topics topics;
    private final TopicPartition lane;
    private final TopicPartition other;
    private final KafkaClients clients;
    private final Admin admin;
    private final LaneTrim trim;

    LaneTrimTest(KafkaCluster cluster) {
        topics = new Topics(cluster.newPrefix());
        lane = new TopicPartition(topics.jobs("demo", Lane.NORMAL), 0);
        other = new TopicPartition(topics.events(), 0);
        clients = new KafkaClients(Settings.of(OptionCatalog.of(ServiceOptions.class),
                Map.of("leat.bootstrap.servers", cluster.bootstrapServers())));
        admin = clients.admin("test");
        trim = new LaneTrim(admin, topics,
                List.of(new GroupOffsets(admin, workers()), new GroupOffsets(admin, projectors())),
                KEPT, () -> NOW);
    }

    private String workers() {
        return topics.workers();
    }

    private String projectors() {
        return topics.prefix() + "projectors";
    }

    @BeforeEach
    void writeCommands() throws Exception {
        for (TopicPartition partition : List.of(lane, other)) {
            admin.createTopics(List.of(new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
                    .configs(Map.of("retention.ms", "-1")))).all().get();
        }
        Instant old = NOW.minus(KEPT).minusSeconds(1);
        try (Producer<byte[], byte[]> producer = clients
                .producer(new ProducerProfile("test", Duration.ZERO, Duration.ofSeconds(10)))) {
            for (TopicPartition partition : List.of(lane, other)) {
                for (int i = 0; i < OLD + YOUNG; i++) {
                    producer.send(new ProducerRecord<>(partition.topic(), 0,
                            (i < OLD ? old : NOW.minusSeconds(1)).toEpochMilli(), new byte[0],
                            "command".getBytes(StandardCharsets.UTF_8))).get();
                }
            }
        }
    }

    @AfterEach
    void close() {
        trim.close();
        admin.close(Duration.ofSeconds(2));
    }

    private void commit(String group, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(lane, new OffsetAndMetadata(offset), other,
                new OffsetAndMetadata(offset))).all().get();
    }

    private long first(TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest())).partitionResult(partition).get().offset();
    }

    @Test
    void shouldKeepOldCommandsThatNobodyHasClaimed() throws Exception {
        commit(projectors(), OLD + YOUNG);

        trim.trim();

        assertThat(first(lane)).isZero();
    }

    @Test
    void shouldKeepOldCommandsThatTheProjectorsHaveYetToFold() throws Exception {
        commit(workers(), OLD + YOUNG);
        commit(projectors(), 2);

        trim.trim();

        assertThat(first(lane)).isEqualTo(2);
    }

    @Test
    void shouldDeleteOldCommandsUpToTheFirstThatIsNotClaimed() throws Exception {
        commit(workers(), 3);
        commit(projectors(), OLD + YOUNG);

        trim.trim();
        assertThat(first(lane)).isEqualTo(3);

        commit(workers(), OLD + YOUNG);
        trim.trim();
        assertThat(first(lane)).as("young ones are left").isEqualTo(OLD);
        trim.trim();
        assertThat(first(lane)).isEqualTo(OLD);
    }

    @Test
    void shouldDeleteAllWhereAllAreOld() throws Exception {
        commit(workers(), OLD + YOUNG);
        commit(projectors(), OLD + YOUNG);

        try (LaneTrim later = new LaneTrim(admin, topics,
                List.of(new GroupOffsets(admin, workers()), new GroupOffsets(admin, projectors())), KEPT,
                () -> NOW.plus(KEPT))) {
            later.trim();
        }

        assertThat(first(lane)).isEqualTo(OLD + YOUNG);
    }

    @Test
    void shouldLeaveOtherTopicsAlone() throws Exception {
        commit(workers(), OLD + YOUNG);
        commit(projectors(), OLD + YOUNG);

        trim.trim();

        assertThat(first(other)).isZero();
        assertThat(first(lane)).isEqualTo(OLD);
    }
}
