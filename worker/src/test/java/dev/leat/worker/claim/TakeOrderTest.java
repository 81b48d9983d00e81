package dev.leat.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.leat.domain.Lane;
import dev.leat.domain.LaneSchedule;
import dev.leat.worker.claim.TakeOrder.Head;

class TakeOrderTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final TakeOrder order = new TakeOrder(new LaneSchedule(LaneSchedule.Policy.WEIGHTED));

    @Test
    void shouldTakeLanesByWeightWhileAllAreFull() {
        List<Head> heads = List.of(head("a", Lane.HIGH, 0), head("a", Lane.NORMAL, 0), head("a", Lane.LOW, 0));

        Map<Lane, Long> taken = take(heads, 210).stream()
                .collect(Collectors.groupingBy(Head::lane, Collectors.counting()));

        assertThat(taken).containsExactlyInAnyOrderEntriesOf(Map.of(Lane.HIGH, 160L, Lane.NORMAL, 40L, Lane.LOW, 10L));
    }

    @Test
    void shouldKeepToWeightsThoughNothingCanBeTakenInBetween() {
        List<Head> heads = List.of(head("a", Lane.HIGH, 0), head("a", Lane.NORMAL, 0), head("a", Lane.LOW, 0));
        List<Head> taken = new ArrayList<>();

        for (int turn = 0; turn < 21; turn++) {
            taken.addAll(take(heads, 1));
            assertThat(order.next(List.of(), NOW)).isEmpty();
        }

        assertThat(taken).extracting(Head::lane).contains(Lane.HIGH, Lane.NORMAL, Lane.LOW);
    }

    @Test
    void shouldGivePluginWithOnePartitionAsManyTurnsAsOneWithMany() {
        List<Head> heads = new ArrayList<>(
                IntStream.range(0, 11).mapToObj(p -> head("flood", Lane.NORMAL, p)).toList());
        heads.add(head("quiet", Lane.NORMAL, 0));
        Collections.shuffle(heads);

        List<Head> taken = take(heads, 20);

        assertThat(taken.stream().collect(Collectors.groupingBy(Head::plugin, Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(Map.of("flood", 10L, "quiet", 10L));
    }

    @Test
    void shouldGiveEachPartitionOfPluginItsTurn() {
        List<Head> heads = IntStream.range(0, 12).mapToObj(p -> head("a", Lane.NORMAL, p)).toList();

        assertThat(take(heads, 36).stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
                .hasSize(12)
                .allSatisfy((_, turns) -> assertThat(turns).isEqualTo(3));
    }

    @Test
    void shouldTakeNothingWhereNothingWaits() {
        assertThat(order.next(List.of(), NOW)).isEmpty();
    }

    private List<Head> take(List<Head> heads, int count) {
        return IntStream.range(0, count).mapToObj(_ -> order.next(heads, NOW).orElseThrow()).toList();
    }

    private static Head head(String plugin, Lane lane, int partition) {
        return new Head(new TopicPartition(plugin + "." + lane.wireName(), partition), plugin, lane, NOW);
    }
}
