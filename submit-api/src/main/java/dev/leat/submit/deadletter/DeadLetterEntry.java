package dev.leat.submit.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.CommandPosition;
import dev.leat.schemas.DeadLetter;

/**
 * What is kept in memory of a dead letter. Text is cut, as anybody can write anything to Kafka.
 *
 * @param place its id, and the time of its record
 * @param reason a stable word; empty where the record does not say why it is dead, as with all the others
 * @param origin where it came from
 * @param key of the record that it was made of
 * @param size the bytes of key and value as they stand on the dead-letter topic
 * @param leftOut what was left out of the record as too large for a dead letter, in words; empty where nothing was
 * @param redrivenAt when it was sent back last
 */
public record DeadLetterEntry(DeadLetterPlace place, Optional<String> reason, Optional<String> detail,
        Optional<CommandPosition> origin, Optional<String> writtenBy, Optional<Bytes> key, int size,
        Optional<String> leftOut, Optional<Instant> redrivenAt) {

    private static final int MAX_WORD = 100;
    private static final int MAX_DETAIL = 500;
    private static final int MAX_KEY = 100;
    private static final int MAX_ORIGIN = 300;

    /** Reads a record of the dead-letter topic that is no marker of a redrive. */
    static DeadLetterEntry of(ConsumerRecord<byte[], byte[]> letter) {
        return new DeadLetterEntry(
                new DeadLetterPlace(Instant.ofEpochMilli(letter.timestamp()), DeadLetterId.of(letter)),
                text(letter, DeadLetter.REASON, MAX_WORD), text(letter, DeadLetter.DETAIL, MAX_DETAIL),
                text(letter, DeadLetter.ORIGIN, MAX_ORIGIN).flatMap(DeadLetterEntry::position),
                text(letter, DeadLetter.WRITTEN_BY, MAX_WORD),
                Optional.ofNullable(letter.key()).map(key -> Bytes.of(key, MAX_KEY)),
                size(letter.key()) + size(letter.value()), leftOut(letter), Optional.empty());
    }

    public DeadLetterId id() {
        return place.id();
    }

    DeadLetterEntry redriven(Instant at) {
        return new DeadLetterEntry(place, reason, detail, origin, writtenBy, key, size, leftOut, Optional.of(at));
    }

    /** The last header of a name counts: the record may have come with one of its own. */
    private static Optional<String> text(ConsumerRecord<byte[], byte[]> letter, String name, int max) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .map(text -> text.length() <= max ? text : text.substring(0, max) + "…");
    }

    /** A record that came with such a header of its own has others behind it. */
    private static Optional<String> leftOut(ConsumerRecord<byte[], byte[]> letter) {
        Header[] headers = letter.headers().toArray();
        return headers.length > 0 && headers[headers.length - 1].key().equals(DeadLetter.LEFT_OUT)
                ? text(letter, DeadLetter.LEFT_OUT, MAX_WORD)
                : Optional.empty();
    }

    private static Optional<CommandPosition> position(String origin) {
        try {
            return Optional.of(CommandPosition.parse(origin));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
