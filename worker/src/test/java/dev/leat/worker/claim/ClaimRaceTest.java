package dev.leat.worker.claim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.leat.worker.claim.PartitionBuffers.Taken;
import dev.leat.worker.claim.PartitionBuffers.Tenure;
import dev.leat.worker.claim.Settlement.Verdict;

/**
 * Random histories of workers that take partitions from each other, over a model of what a broker guarantees: the real
 * buffers and settlements, every step of every worker in any order with the others', commits that are taken, refused, or
 * left without an answer, expulsions that the expelled notices late.
 */
class ClaimRaceTest {

    private static final int HISTORIES = 3_000;
    private static final int STEPS = 400;
    private static final int COMMANDS = 12;
    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, 3)
            .mapToObj(partition -> new TopicPartition("lane", partition))
            .toList();

    @Test
    void shouldLetEachCommandBeWonByExactlyOneWorkerInAnyHistory() {
        long first = System.nanoTime();
        System.out.println("seeds " + first + " to " + (first + HISTORIES - 1));
        int overtaken = 0;
        int lost = 0;
        for (long seed = first; seed < first + HISTORIES; seed++) {
            World world = new World(new Random(seed));
            world.runWithFaults();
            world.runToTheEnd();
            world.check(seed);
            overtaken += world.overtaken;
            lost += world.lost;
        }
        assertThat(overtaken).as("commits met that others had overtaken").isGreaterThan(100);
        assertThat(lost).as("lost commits met").isGreaterThan(1_000);
    }

    /** What the group coordinator knows of a partition. */
    private static final class Seat {

        private int owner = -1;
        private long generation;
        private long committed;
        private String lineage = "";
    }

    private static final class World {

        private final Random random;
        private final Map<TopicPartition, Seat> seats = new HashMap<>();
        private final List<Member> members = new ArrayList<>();
        private final Map<String, List<String>> wins = new TreeMap<>();
        private boolean faults = true;
        private int overtaken;
        private int lost;

        World(Random random) {
            this.random = random;
            PARTITIONS.forEach(partition -> seats.put(partition, new Seat()));
            for (int id = 0; id < 3; id++) {
                members.add(new Member(this, id));
            }
        }

        void runWithFaults() {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(8) == 0) {
                    reassign(PARTITIONS.get(random.nextInt(PARTITIONS.size())));
                } else {
                    members.get(random.nextInt(members.size())).step();
                }
            }
        }

        void runToTheEnd() {
            faults = false;
            PARTITIONS.forEach(this::reassign);
            for (int step = 0; step < 5_000 && !isDone(); step++) {
                members.get(step % members.size()).step();
            }
        }

        Seat seat(TopicPartition partition) {
            return requireNonNull(seats.get(partition));
        }

        private boolean isDone() {
            return seats.values().stream().allMatch(seat -> seat.committed == COMMANDS)
                    && members.stream().allMatch(member -> member.batch == null);
        }

        /** To a live member after it has let go, or away from an expelled one that does not know. */
        private void reassign(TopicPartition partition) {
            Seat seat = seat(partition);
            int next = random.nextInt(members.size());
            if (seat.owner >= 0 && random.nextBoolean()) {
                members.get(seat.owner).letGo(partition);
            }
            seat.owner = next;
            seat.generation++;
            members.get(next).receive(partition, seat);
        }

        void check(long seed) {
            assertThat(isDone()).as("all claimed, seed %d", seed).isTrue();
            assertThat(wins).as("every command is won, seed %d", seed).hasSize(PARTITIONS.size() * COMMANDS);
            assertThat(wins).as("by one worker, seed %d", seed)
                    .allSatisfy((_, winners) -> assertThat(winners).hasSize(1));
        }
    }

    private static final class Member {

        private final World world;
        private final int id;
        private final PartitionBuffers buffers = new PartitionBuffers(new PartitionBuffers.Limits(100, 1 << 20),
                this::nextTenure);
        private final Map<TopicPartition, Long> generations = new HashMap<>();
        private final Map<TopicPartition, Long> fetchPositions = new HashMap<>();
        private int batches;
        private @Nullable Settlement batch;
        private List<Taken> taken = List.of();
        private int tenures;
        private final Map<Tenure, Lineage> lineages = new HashMap<>();

        Member(World world, int id) {
            this.world = world;
            this.id = id;
        }

        private String nextTenure() {
            return id + "/" + ++tenures;
        }

        void letGo(TopicPartition partition) {
            buffers.revoked(List.of(partition));
            generations.remove(partition);
        }

        void receive(TopicPartition partition, Seat seat) {
            letGo(partition);
            buffers.assigned(List.of(partition));
            generations.put(partition, seat.generation);
            fetchPositions.put(partition, seat.committed);
        }

        void step() {
            switch (world.random.nextInt(3)) {
                case 0 -> poll();
                case 1 -> ask();
                default -> goOn();
            }
        }

        /** Learns of expulsions and fetches. */
        private void poll() {
            for (TopicPartition partition : List.copyOf(generations.keySet())) {
                Seat seat = world.seat(partition);
                if (seat.owner != id || seat.generation != requireNonNull(generations.get(partition))) {
                    letGo(partition);
                } else {
                    long from = requireNonNull(fetchPositions.get(partition));
                    long to = Math.min(COMMANDS, from + world.random.nextInt(4));
                    for (long offset = from; offset < to; offset++) {
                        buffers.add(Records.record(partition, offset));
                    }
                    fetchPositions.put(partition, to);
                }
            }
        }

        private void goOn() {
            if (batch == null) {
                take();
            } else {
                commit(batch);
            }
        }

        private void take() {
            Map<Tenure, Long> positions = new HashMap<>();
            List<Taken> next = new ArrayList<>();
            int slots = 1 + world.random.nextInt(4);
            while (next.size() < slots && !buffers.heads().isEmpty()) {
                var heads = buffers.heads();
                var head = heads.get(world.random.nextInt(heads.size()));
                Taken one = buffers.take(new TopicPartition(head.topic(), head.partition()));
                next.add(one);
                positions.put(one.tenure(), one.source().offset() + 1);
            }
            if (next.isEmpty()) {
                return;
            }
            batches++;
            taken = next;
            batch = new Settlement(positions);
        }

        private void commit(Settlement settlement) {
            settlement.forgoLost(buffers::holds);
            for (Tenure tenure : settlement.committable(buffers::holds)) {
                if (lineages.containsKey(tenure)) {
                    commit(settlement, tenure);
                } else {
                    Seat seat = world.seat(tenure.partition());
                    lineages.put(tenure, Lineage.parse(seat.lineage).continuedBy(tenure.id(), seat.committed));
                }
            }
            finish(settlement);
        }

        /** The broker takes a commit from the owner alone; what the client hears of it is another matter. */
        private void commit(Settlement settlement, Tenure tenure) {
            Seat seat = world.seat(tenure.partition());
            boolean owner = seat.owner == id && seat.generation == requireNonNull(generations.get(tenure.partition()));
            boolean reaches = owner && (!world.faults || world.random.nextInt(3) > 0);
            boolean answers = !world.faults || world.random.nextInt(3) > 0;
            if (reaches) {
                long position = settlement.position(tenure);
                assertThat(position).as("commits never go back").isGreaterThanOrEqualTo(seat.committed);
                seat.committed = position;
                seat.lineage = String.valueOf(lineages.get(tenure));
            }
            if (reaches && answers) {
                settlement.accepted(List.of(tenure));
            } else {
                settlement.unsure(List.of(tenure));
            }
        }

        private void ask() {
            if (batch == null || (world.faults && world.random.nextInt(3) == 0)) {
                return;
            }
            Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
            for (Tenure tenure : batch.doubtful()) {
                Seat seat = world.seat(tenure.partition());
                committed.put(tenure.partition(), new OffsetAndMetadata(seat.committed, seat.lineage));
                if (!buffers.holds(tenure) && seat.committed >= batch.position(tenure)) {
                    world.overtaken++;
                }
            }
            batch.told(committed, buffers::holds);
            finish(batch);
        }

        private void finish(Settlement settlement) {
            if (!settlement.isSettled()) {
                return;
            }
            world.lost += (int) taken.stream().filter(one -> settlement.verdict(one.tenure()) == Verdict.LOST).count();
            taken.stream()
                    .sorted(Comparator.comparingLong(one -> one.source().offset()))
                    .filter(one -> settlement.verdict(one.tenure()) == Verdict.WON)
                    .forEach(one -> world.wins
                            .computeIfAbsent(one.tenure().partition() + "@" + one.source().offset(),
                                    _ -> new ArrayList<>())
                            .add(id + "/" + batches));
            batch = null;
        }
    }
}
