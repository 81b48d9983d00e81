package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final Topics TOPICS = new Topics("team.");
    private static final DeadLetter.Why WHY = new DeadLetter.Why("undecodable-value", "Expected ä", "worker w1");

    @Test
    void shouldKeepTheRecordAndAddWhyItIsDead() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[]{1}, new byte[]{2});
        record.headers().add("trace", new byte[]{3});

        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(TOPICS, record, WHY);

        assertThat(letter.topic()).isEqualTo("team.dead-letter");
        assertThat(letter.key()).containsExactly(1);
        assertThat(letter.value()).containsExactly(2);
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(3);
        assertThat(whyOf(letter)).containsExactly("undecodable-value", "Expected ä", "team.events-3@700", "worker w1");
    }

    @Test
    void shouldTakeRecordWithoutKeyAndValue() {
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(TOPICS, record(null, null), WHY);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(whyOf(letter)).first().isEqualTo("undecodable-value");
    }

    @Test
    void shouldNotChangeTheHeadersOfTheRecord() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[]{1}, new byte[]{2});

        DeadLetter.of(TOPICS, record, WHY);

        assertThat(record.headers()).isEmpty();
    }

    @Test
    void shouldKeepOnlyTheWhyOfRecordThatWouldBeTooLarge() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[10], new byte[1_048_576 - 100]);
        record.headers().add("trace", new byte[]{3});

        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(TOPICS, record, WHY);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("trace")).isNull();
        assertThat(whyOf(letter)).contains("team.events-3@700");
        assertThat(text(letter, DeadLetter.LEFT_OUT)).isEqualTo("key, value and headers, 1048492 bytes");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>("team.events", 3, 700, 0L, TimestampType.CREATE_TIME, -1, -1, key, value,
                new RecordHeaders(), Optional.empty());
    }

    private static List<String> whyOf(ProducerRecord<byte[], byte[]> letter) {
        return Arrays.asList(text(letter, DeadLetter.REASON), text(letter, DeadLetter.DETAIL),
                text(letter, DeadLetter.ORIGIN), text(letter, DeadLetter.WRITTEN_BY));
    }

    private static String text(ProducerRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
