package dev.leat.submit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedrivePlanTest {

    private final RedriveRule rule = new RedriveRule(Letters.TOPICS);

    @ParameterizedTest
    @ValueSource(strings = {"t.jobs.demo.high", "t.jobs.other-one.low", "t.events", "t.control", "t.pending"})
    void shouldSendToTopicsThatHoldRecordsOfJobs(String topic) {
        assertThat(rule.refusal(entry(0, 0, topic))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "other.events", "events", "t.workers", "t.plugins", "t.dead-letter",
            "t.jobs.demo", "t.jobs.demo.urgent", "t.jobs.De.high", "t.pending.x", "__consumer_offsets"})
    void shouldSendToNoOtherTopic(String topic) {
        assertThat(rule.refusal(entry(0, 0, topic))).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.detail().orElseThrow()).contains("0-0", "it comes from " + topic);
        });
    }

    @Test
    void shouldNotSendWhatDoesNotSayWhereItComesFrom() {
        DeadLetterEntry bare = DeadLetterEntry.of(new ConsumerRecord<>("t.dead-letter", 0, 0, null, null));

        assertThat(rule.refusal(bare)).hasValueSatisfying(
                problem -> assertThat(problem.detail().orElseThrow()).contains("does not say where it comes from"));
    }

    @Test
    void shouldSendOldestOfAPartitionFirstAndSayWhatItDoesNotSend() {
        // given
        DeadLetterEntry sent = entry(0, 4, "t.events").redriven(Instant.EPOCH);
        DeadLetterEntry large = DeadLetterEntry
                .of(Letters.of(Letters.source("t.events", null, new byte[1_040_000]), 1, 1, 1, "x"));
        List<DeadLetterEntry> set = List.of(entry(1, 3, "t.events"), entry(0, 9, "t.jobs.demo.low"), sent,
                entry(1, 2, "orders"), entry(0, 5, "t.events"), large);

        // when
        RedrivePlan plan = RedrivePlan.of(set, false, rule);

        // then
        assertThat(ids(plan)).containsExactly("0-5", "0-9", "1-3");
        assertThat(plan.skipped()).isEqualTo(1);
        assertThat(plan.refused()).hasSize(2);
        assertThat(plan.refused().values()).extracting(problem -> problem.status()).containsExactly(422, 409);
    }

    @Test
    void shouldSendAgainWhereSomebodyWantsThat() {
        // given
        DeadLetterEntry sent = entry(0, 4, "t.events").redriven(Instant.EPOCH);

        // when
        RedrivePlan plan = RedrivePlan.of(List.of(sent), true, rule);

        // then
        assertThat(ids(plan)).containsExactly("0-4");
        assertThat(plan.skipped()).isZero();
    }

    @Test
    void shouldSendNothingToATopicThatDoesNotExist() {
        // given
        RedrivePlan plan = RedrivePlan.of(List.of(entry(0, 1, "t.events"), entry(0, 2, "t.jobs.gone.low")), false,
                rule);

        // when
        RedrivePlan checked = plan.onlyTo(Set.of("t.events"));

        // then
        assertThat(plan.topics()).containsExactlyInAnyOrder("t.events", "t.jobs.gone.low");
        assertThat(ids(checked)).containsExactly("0-1");
        assertThat(checked.refused().values()).singleElement()
                .satisfies(problem -> assertThat(problem.detail().orElseThrow())
                        .contains("its topic t.jobs.gone.low does not exist"));
    }

    @Test
    void shouldHoldNoMoreInMemoryThanThereIsRoomFor() {
        // given
        List<DeadLetterEntry> small = IntStream.range(0, 2 * RedrivePlan.CHUNK_RECORDS + 1)
                .mapToObj(offset -> entry(0, offset, "t.events"))
                .toList();
        List<DeadLetterEntry> large = IntStream.range(0, 20)
                .mapToObj(offset -> DeadLetterEntry
                        .of(Letters.of(Letters.source("t.events", null, new byte[990_000]), 0, offset, 1, "x")))
                .toList();

        // when, then
        assertThat(RedrivePlan.of(List.of(), false, rule).chunks()).isEmpty();
        assertThat(RedrivePlan.of(small, false, rule).chunks()).extracting(List::size)
                .containsExactly(RedrivePlan.CHUNK_RECORDS, RedrivePlan.CHUNK_RECORDS, 1);
        assertThat(RedrivePlan.of(large, false, rule).chunks()).extracting(List::size).containsExactly(8, 8, 4);
    }

    @Test
    void shouldTakeEmptyRecordsIntoAChunk() {
        DeadLetterEntry empty = DeadLetterEntry.of(Letters.of(Letters.source("t.events", null, null), 0, 1, 1, "x"));

        assertThat(RedrivePlan.of(List.of(empty), false, rule).chunks()).containsExactly(List.of(empty));
    }

    private static DeadLetterEntry entry(int partition, long offset, String origin) {
        return DeadLetterEntry.of(Letters.letter(partition, offset, 0, "x", origin));
    }

    private static List<String> ids(RedrivePlan plan) {
        List<String> ids = new ArrayList<>();
        plan.wanted().forEach(entry -> ids.add(entry.id().toString()));
        return ids;
    }
}
