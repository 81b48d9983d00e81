package dev.leat.submit.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.CommandPosition;

/** Names one dead letter by where it stands on the dead-letter topic: the same for every instance and for ever. */
public record DeadLetterId(int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");
    private static final int EXCERPT = 60;

    static DeadLetterId of(ConsumerRecord<byte[], byte[]> letter) {
        return new DeadLetterId(letter.partition(), letter.offset());
    }

    static DeadLetterId of(CommandPosition letter) {
        return new DeadLetterId(letter.partition(), letter.offset());
    }

    /**
     * Reads what {@link #toString} wrote, {@code partition-offset}.
     *
     * @throws IllegalArgumentException saying what was expected and what came
     */
    public static DeadLetterId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Expected the id of a dead letter as 'partition-offset', but got '"
                    + (text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…") + "'");
        }
        return new DeadLetterId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
