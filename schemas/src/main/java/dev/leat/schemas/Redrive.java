package dev.leat.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import dev.leat.domain.CommandPosition;

/**
 * Makes the two records of a dead letter that is sent back: the one that it was made of, for the topic where that came
 * from, and a marker behind the dead letter that remembers this.
 *
 * <p>A marker stands on the dead letter's own partition, so whoever reads the partition meets it after the dead letter.
 * It has neither key nor value.
 */
public final class Redrive {

    /** Of a record that was sent back: where its dead letter stands, as {@code topic-partition@offset}. */
    public static final String REDRIVEN = "leat-redriven";
    /** Of a marker: where the dead letter stands that was sent back. */
    public static final String REDRIVEN_OF = "leat-redriven-of";
    /** Of a marker: where the record stands now. */
    public static final String REDRIVEN_TO = "leat-redriven-to";

    /** What Leat itself adds to records; it speaks of a record's past and not of the record. */
    private static final String OWN_HEADERS = "leat-";

    private Redrive() {}

    /** The record that the dead letter was made of. Its key alone says on which partition it goes. */
    public static ProducerRecord<byte[], byte[]> sentBack(ConsumerRecord<byte[], byte[]> letter, String topic) {
        Headers headers = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(OWN_HEADERS)) {
                headers.add(header);
            }
        }
        headers.add(REDRIVEN, utf8(positionOf(letter)));
        return new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers);
    }

    /** The marker of a dead letter. */
    public static ProducerRecord<byte[], byte[]> marker(ConsumerRecord<byte[], byte[]> letter, CommandPosition to,
            Instant at) {
        Headers headers = new RecordHeaders().add(REDRIVEN_OF, utf8(positionOf(letter)))
                .add(REDRIVEN_TO, utf8(to));
        return new ProducerRecord<>(letter.topic(), letter.partition(), at.toEpochMilli(), null, null, headers);
    }

    /**
     * The dead letter that a record of its topic is a marker of; empty for a dead letter. A dead letter may have come
     * with headers of any name, so only what has no origin is a marker.
     */
    public static Optional<CommandPosition> letterOf(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(DeadLetter.ORIGIN) == null
                ? Optional.ofNullable(record.headers().lastHeader(REDRIVEN_OF))
                        .map(Header::value)
                        .flatMap(Redrive::position)
                : Optional.empty();
    }

    private static Optional<CommandPosition> position(byte[] header) {
        try {
            return Optional.of(CommandPosition.parse(new String(header, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static CommandPosition positionOf(ConsumerRecord<byte[], byte[]> letter) {
        return new CommandPosition(letter.topic(), letter.partition(), letter.offset());
    }

    private static byte[] utf8(CommandPosition position) {
        return position.toString().getBytes(StandardCharsets.UTF_8);
    }
}
