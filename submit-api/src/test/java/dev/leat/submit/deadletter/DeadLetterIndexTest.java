package dev.leat.submit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import dev.leat.domain.CommandPosition;
import dev.leat.schemas.Redrive;

class DeadLetterIndexTest {

    private final DeadLetterIndex index = new DeadLetterIndex(Letters.TOPICS, 5);

    @Test
    void shouldListNewestFirstInOneOrderForAll() {
        // when
        index.apply(Letters.letter(0, 5, 10, "a", "t.events"));
        index.apply(Letters.letter(1, 4, 30, "a", "t.events"));
        index.apply(Letters.letter(1, 9, 10, "a", "t.events"));
        index.apply(Letters.letter(0, 6, 10, "a", "t.events"));

        // then
        assertThat(ids(DeadLetterFilter.ALL)).containsExactly("1-4", "1-9", "0-6", "0-5");
    }

    @Test
    void shouldGivePagesThatNewOnesDoNotMove() {
        // given
        for (int i = 0; i < 4; i++) {
            index.apply(Letters.letter(0, i, i, i % 2 == 0 ? "even" : "odd", "t.events"));
        }
        DeadLetterFilter even = new DeadLetterFilter(Optional.of("even"), Optional.empty(), Optional.empty());

        // when
        DeadLetterIndex.Page first = index.page(even, Optional.empty(), 1);
        index.apply(Letters.letter(0, 4, 9, "even", "t.events"));
        DeadLetterIndex.Page second = index.page(even, first.next(), 1);

        // then
        assertThat(first.entries()).extracting(entry -> entry.id().toString()).containsExactly("0-2");
        assertThat(second.entries()).extracting(entry -> entry.id().toString()).containsExactly("0-0");
        assertThat(second.next()).isEmpty();
        assertThat(index.page(even, Optional.empty(), 3).next()).isEmpty();
    }

    @Test
    void shouldFilterByReasonTopicAndPlugin() {
        // given
        index.apply(Letters.letter(0, 0, 0, "x", "t.jobs.demo.high"));
        index.apply(Letters.letter(0, 1, 1, "y", "t.jobs.demo.low"));
        index.apply(Letters.letter(0, 2, 2, "x", "t.jobs.site.low"));
        index.apply(Letters.letter(0, 3, 3, "x", "t.events"));

        // when, then
        assertThat(ids(filter("x", "", ""))).containsExactly("0-3", "0-2", "0-0");
        assertThat(ids(filter("", "t.events", ""))).containsExactly("0-3");
        assertThat(ids(filter("", "", "demo"))).containsExactly("0-1", "0-0");
        assertThat(ids(filter("x", "", "demo"))).containsExactly("0-0");
        assertThat(ids(filter("y", "t.events", ""))).isEmpty();
    }

    @Test
    void shouldForgetTheOldestBeyondItsBound() {
        // when
        for (int i = 0; i < 7; i++) {
            index.apply(Letters.letter(0, i, i, "x", "t.events"));
        }
        index.apply(Letters.letter(1, 0, 0, "x", "t.events"));

        // then
        assertThat(ids(DeadLetterFilter.ALL)).containsExactly("0-6", "0-5", "0-4", "0-3", "0-2");
        assertThat(index.find(DeadLetterId.parse("0-1"))).isEmpty();
        assertThat(index.find(DeadLetterId.parse("1-0"))).isEmpty();
    }

    @Test
    void shouldTakeMarkersForWhatTheyAreAndNotShowThem() {
        // given
        ConsumerRecord<byte[], byte[]> letter = Letters.letter(0, 3, 3, "x", "t.events");
        index.apply(letter);
        index.apply(Letters.letter(1, 3, 3, "x", "t.events"));

        // when
        index.apply(Letters.marker(letter, 60));
        index.apply(letter);

        // then
        assertThat(ids(DeadLetterFilter.ALL)).containsExactly("1-3", "0-3");
        assertThat(find("0-3").redrivenAt()).contains(Instant.ofEpochSecond(60));
        assertThat(find("1-3").redrivenAt()).isEmpty();
    }

    @Test
    void shouldPassOverAMarkerOfWhatItDoesNotKnow() {
        // when
        index.apply(Letters.marker(Letters.letter(0, 3, 3, "x", "t.events"), 60));
        index.apply(Letters.letter(0, 3, 3, "x", "t.events"));

        // then
        assertThat(find("0-3").redrivenAt()).isEmpty();
    }

    @Test
    void shouldShowADeadLetterThatCameWithTheHeadersOfAnother() {
        // given: a record whose writer knew what Leat's own headers are called
        ConsumerRecord<byte[], byte[]> source = Letters.source("t.events", "k".getBytes(UTF_8), new byte[0]);
        for (String name : List.of(Redrive.REDRIVEN_OF, "leat-reason", "leat-origin", "leat-left-out")) {
            source.headers().add(name, "t.dead-letter-0@0".getBytes(UTF_8));
        }

        // when
        index.apply(Letters.of(source, 0, 4, 4, "x"));

        // then
        assertThat(find("0-4").reason()).contains("x");
        assertThat(find("0-4").origin()).contains(new CommandPosition("t.events", 1, 7));
        assertThat(find("0-4").leftOut()).isEmpty();
    }

    @Test
    void shouldSayWhatWasLeftOut() {
        // when
        index.apply(Letters.of(Letters.source("t.events", new byte[1], new byte[1_040_000]), 0, 4, 4, "x"));

        // then
        assertThat(find("0-4").leftOut()).contains("key, value and headers, 1040001 bytes");
        assertThat(find("0-4").size()).isZero();
        assertThat(find("0-4").key()).isEmpty();
    }

    @Test
    void shouldKeepLittleOfWhatIsLong() {
        // given
        ConsumerRecord<byte[], byte[]> source = Letters.source("t.events", "k".repeat(1_000).getBytes(UTF_8), null);

        // when
        index.apply(Letters.of(source, 0, 4, 4, "r".repeat(1_000)));

        // then
        assertThat(find("0-4").reason().orElseThrow()).hasSize(101).endsWith("r…");
        assertThat(find("0-4").key().orElseThrow()).isEqualTo(
                new Bytes(Optional.of("k".repeat(100)), Optional.empty(), 1_000, true));
    }

    @Test
    void shouldTakeARecordThatSaysNothing() {
        // given
        ConsumerRecord<byte[], byte[]> bare = new ConsumerRecord<>("t.dead-letter", 2, 8, null, null);

        // when
        index.apply(bare);

        // then
        assertThat(find("2-8").reason()).isEmpty();
        assertThat(find("2-8").origin()).isEmpty();
    }

    @Test
    void shouldForgetWhatIsGone() {
        // given
        index.apply(Letters.letter(0, 3, 3, "x", "t.events"));

        // when
        index.remove(DeadLetterId.parse("0-3"));
        index.remove(DeadLetterId.parse("0-3"));

        // then
        assertThat(ids(DeadLetterFilter.ALL)).isEmpty();
    }

    private DeadLetterEntry find(String id) {
        return index.find(DeadLetterId.parse(id)).orElseThrow();
    }

    private List<String> ids(DeadLetterFilter filter) {
        List<String> ids = new ArrayList<>();
        index.all(filter).forEach(entry -> ids.add(entry.id().toString()));
        return ids;
    }

    private static DeadLetterFilter filter(String reason, String topic, String plugin) {
        return new DeadLetterFilter(some(reason), some(topic), some(plugin));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
