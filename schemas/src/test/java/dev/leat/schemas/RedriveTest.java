package dev.leat.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.leat.domain.CommandPosition;

class RedriveTest {

    private static final Topics TOPICS = new Topics("team.");
    private static final DeadLetter.Why WHY = new DeadLetter.Why("wrong-partition", "Expected 1", "worker w1");
    private static final CommandPosition LETTER = new CommandPosition("team.dead-letter", 2, 17);

    @Test
    void shouldSendBackTheRecordThatTheDeadLetterWasMadeOf() {
        // given
        ConsumerRecord<byte[], byte[]> original = record("team.events", new byte[]{1}, new byte[]{2});
        original.headers().add("trace", new byte[]{3}).add("trace", new byte[]{4}).add("leat-handover", new byte[]{5});

        // when
        ProducerRecord<byte[], byte[]> back = Redrive.sentBack(consumed(DeadLetter.of(TOPICS, original, WHY)),
                "team.events");

        // then
        assertThat(back.topic()).isEqualTo("team.events");
        assertThat(back.partition()).isNull();
        assertThat(back.timestamp()).isNull();
        assertThat(back.key()).containsExactly(1);
        assertThat(back.value()).containsExactly(2);
        assertThat(back.headers()).extracting(Header::key).containsExactly("trace", "trace", "leat-redriven");
        assertThat(text(back.headers(), "leat-redriven")).isEqualTo(LETTER.toString());
    }

    @Test
    void shouldMarkTheDeadLetterOnItsOwnPartition() {
        // given
        ConsumerRecord<byte[], byte[]> letter = consumed(
                DeadLetter.of(TOPICS, record("team.events", new byte[]{1}, null), WHY));

        // when
        ProducerRecord<byte[], byte[]> marker = Redrive.marker(letter, new CommandPosition("team.events", 0, 9),
                Instant.ofEpochMilli(1_000));

        // then
        assertThat(marker.topic()).isEqualTo("team.dead-letter");
        assertThat(marker.partition()).isEqualTo(2);
        assertThat(marker.timestamp()).isEqualTo(1_000);
        assertThat(marker.key()).isNull();
        assertThat(marker.value()).isNull();
        assertThat(text(marker.headers(), "leat-redriven-to")).isEqualTo("team.events-0@9");
        assertThat(Redrive.letterOf(consumed(marker))).contains(LETTER);
    }

    @Test
    void shouldTakeNoDeadLetterForAMarkerWhateverItCameWith() {
        // given
        ConsumerRecord<byte[], byte[]> original = record("team.events", new byte[]{1}, new byte[]{2});
        original.headers().add(Redrive.REDRIVEN_OF, "team.dead-letter-0@1".getBytes(UTF_8));

        // when, then
        assertThat(Redrive.letterOf(consumed(DeadLetter.of(TOPICS, original, WHY)))).isEmpty();
        assertThat(Redrive.letterOf(original)).isPresent();
        assertThat(Redrive.letterOf(record("team.dead-letter", null, null))).isEmpty();
    }

    @Test
    void shouldTakeNoRecordForAMarkerThatNamesNoDeadLetter() {
        // given
        ConsumerRecord<byte[], byte[]> odd = record("team.dead-letter", null, null);
        odd.headers().add(Redrive.REDRIVEN_OF, new byte[]{(byte) 0xff});

        // when, then
        assertThat(Redrive.letterOf(odd)).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, byte @Nullable [] key,
            byte @Nullable [] value) {
        return new ConsumerRecord<>(topic, 3, 700, 0L, TimestampType.CREATE_TIME, -1, -1, key, value,
                new RecordHeaders(), Optional.empty());
    }

    /** The record as it is read again from where it was written to. */
    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> written) {
        return new ConsumerRecord<>(LETTER.topic(), LETTER.partition(), LETTER.offset(), 0L,
                TimestampType.CREATE_TIME, -1, -1, written.key(), written.value(), written.headers(), Optional.empty());
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
