package dev.leat.schemas;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead-letter record of a record that could not be used: key and value as they came, the why in headers.
 *
 * <p>A record that is about as large as its own topic allows would be too large with the why added, and so would stop
 * whoever writes it. Of such a record only the why is kept; its origin says where the rest is still to be found.
 */
public final class DeadLetter {

    /** A stable word: {@code undecodable-key}, {@code undecodable-value}, … */
    public static final String REASON = "leat-reason";
    /** What was expected and what came, for people. */
    public static final String DETAIL = "leat-detail";
    /** Where the record came from, as {@code topic-partition@offset}. */
    public static final String ORIGIN = "leat-origin";
    /** Who put it here: a service and its instance. */
    public static final String WRITTEN_BY = "leat-written-by";

    /** Of the record as it came: what was left out, as it is too large. */
    public static final String LEFT_OUT = "leat-left-out";

    /** Kafka's default limit of a record is 1 MiB, with all that belongs to it. */
    private static final int MAX_BYTES = 1_000_000;

    private DeadLetter() {}

    /** The headers that the record came with are kept, before those that say why it is here. */
    public static ProducerRecord<byte[], byte[]> of(Topics topics, ConsumerRecord<byte[], byte[]> record, Why why) {
        if (size(record) > MAX_BYTES) {
            Headers headers = withWhy(new RecordHeaders(), record, why);
            headers.add(LEFT_OUT, utf8("key, value and headers, " + size(record) + " bytes"));
            return letter(topics, null, null, headers);
        }
        return letter(topics, record.key(), record.value(), withWhy(new RecordHeaders(record.headers()), record, why));
    }

    private static ProducerRecord<byte[], byte[]> letter(Topics topics, byte @Nullable [] key,
            byte @Nullable [] value, Headers headers) {
        return new ProducerRecord<>(topics.deadLetter(), null, key, value, headers);
    }

    private static Headers withWhy(Headers headers, ConsumerRecord<byte[], byte[]> record, Why why) {
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        return headers.add(REASON, utf8(why.reason()))
                .add(DETAIL, utf8(why.detail()))
                .add(ORIGIN, utf8(origin))
                .add(WRITTEN_BY, utf8(why.writtenBy()));
    }

    private static int size(ConsumerRecord<byte[], byte[]> record) {
        int size = size(record.key()) + size(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() + size(header.value());
        }
        return size;
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Why a record is dead, and who says so. */
    public record Why(String reason, String detail, String writtenBy) {}
}
