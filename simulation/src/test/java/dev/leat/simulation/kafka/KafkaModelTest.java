package dev.leat.simulation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.Trace;
import dev.leat.simulation.world.World;

/** The model does what was measured of Kafka. */
class KafkaModelTest {

    private static final TopicPartition PARTITION = new TopicPartition("lane", 0);
    private static final long SESSION = World.millis(6_000);

    private final World world = new World(1, Trace.NONE);
    private final Group group = new Group(world, SESSION, List.of(PARTITION));
    private final Log log = new Log(PARTITION);

    private static Map<TopicPartition, OffsetAndMetadata> offset(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    private void runUntil(long nanos) {
        boolean more = true;
        while (more) {
            more = world.step(nanos);
        }
    }

    private long committed() {
        return Optional.ofNullable(group.committed(Set.of(PARTITION)).get(PARTITION))
                .map(OffsetAndMetadata::offset)
                .orElse(0L);
    }

    @Test
    void shouldRefuseTheCommitOfAMemberThatWasExpelled() {
        int epoch = group.heartbeat("a", 0, Set.of()).epoch();
        assertThat(group.commit("a", epoch, offset(1))).isTrue();

        runUntil(SESSION + 1);

        assertThat(group.commit("a", epoch, offset(2))).isFalse();
        assertThat(group.heartbeat("a", epoch, Set.of(PARTITION)).known()).isFalse();
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTheCommitOfAnEarlierEpoch() {
        int epoch = group.heartbeat("a", 0, Set.of()).epoch();
        group.rebalance();
        assertThat(group.heartbeat("a", epoch, Set.of(PARTITION)).epoch()).isGreaterThan(epoch);

        assertThat(group.commit("a", epoch, offset(1))).isFalse();
    }

    @Test
    void shouldAcceptTheCommitOfALiveMemberForAPartitionThatItDoesNotOwn() {
        group.heartbeat("a", 0, Set.of());
        int epoch = group.heartbeat("b", 0, Set.of()).epoch();

        assertThat(group.commit("b", epoch, offset(5))).isTrue();
        assertThat(committed()).isEqualTo(5);
    }

    @Test
    void shouldGiveAPartitionToANewOwnerOnlyWhenTheOldOneHasGivenItBack() {
        Group.Assignment first = group.heartbeat("a", 0, Set.of());
        assertThat(first.partitions()).containsExactly(PARTITION);
        int other = group.heartbeat("b", 0, Set.of()).epoch();
        Group.Assignment told = first;
        while (!told.partitions().isEmpty()) {
            group.rebalance();
            told = group.heartbeat("a", told.epoch(), Set.of(PARTITION));
        }

        assertThat(group.heartbeat("b", other, Set.of()).partitions()).as("a has not given it back").isEmpty();
        group.heartbeat("a", told.epoch(), Set.of());
        assertThat(group.heartbeat("b", other, Set.of()).partitions()).containsExactly(PARTITION);
    }

    @Test
    void shouldHideRecordsOfAnOpenTransactionAndAllBehindThemAndThoseOfAnAbortedOneForEver() {
        Transaction aborted = new Transaction();
        Transaction committed = new Transaction();
        log.append("k", "plain", 0, Optional.empty());
        log.append("k", "aborted", 0, Optional.of(aborted));
        log.append("k", "committed", 0, Optional.of(committed));
        log.append("k", "behind", 0, Optional.empty());

        assertThat(log.stableEnd()).isEqualTo(1);
        aborted.end(false);
        assertThat(log.stableEnd()).isEqualTo(2);
        committed.end(true);
        assertThat(log.stableEnd()).isEqualTo(4);
        assertThat(log.committed()).extracting(LogRecord::value).containsExactly("plain", "committed", "behind");
    }

    @Test
    void shouldWriteWhatAProducerSendsOnceAndInOrderWhateverIsLost() {
        Client client = new Client(world);
        client.start();
        world.weather().storm(World.millis(200_000));
        List<Integer> acknowledged = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            client.producer.send(log, "k", new Transactional(number), new Transaction(),
                    () -> acknowledged.add(number));
        }
        runUntil(World.millis(1_000_000));

        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            written.add(((Transactional) log.get(i).value()).number());
        }
        assertThat(acknowledged).hasSize(50).isSorted();
        assertThat(written).isEqualTo(acknowledged);
        assertThat(log.stableEnd()).as("nothing was written twice").isZero();
    }

    @Test
    void shouldPerhapsWriteWhatADeadProcessHadSent() {
        int written = 0;
        for (int seed = 0; seed < 40; seed++) {
            World other = new World(seed, Trace.NONE);
            Client client = new Client(other);
            Log its = new Log(PARTITION);
            client.start();
            client.producer.send(its, "k", "v", () -> {});
            client.kill("is killed");
            while (other.step(World.millis(10_000))) {
                written += 0;
            }
            written += its.committed().isEmpty() ? 0 : 1;
        }
        assertThat(written).isBetween(5, 35);
    }

    private record Transactional(int number) {}

    private static final class Client extends Node {

        private final Producer producer;

        Client(World world) {
            super("client", world, 0);
            this.producer = new Producer(this, world);
        }

        @Override
        protected void boot() {
            // keeps nothing
        }

        @Override
        protected void died() {
            // keeps nothing
        }
    }
}
