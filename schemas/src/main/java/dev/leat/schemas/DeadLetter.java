package dev.leat.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the dead-letter record of a record that could not be used: key and value as they came, the why in headers. */
public final class DeadLetter {

    /** A stable word: {@code undecodable-key}, {@code undecodable-value}, … */
    public static final String REASON = "leat-reason";
    /** What was expected and what came, for people. */
    public static final String DETAIL = "leat-detail";
    /** Where the record came from, as {@code topic-partition@offset}. */
    public static final String ORIGIN = "leat-origin";
    /** Who put it here: a service and its instance. */
    public static final String WRITTEN_BY = "leat-written-by";

    private DeadLetter() {}

    /** The headers that the record came with are kept, before those that say why it is here. */
    public static ProducerRecord<byte[], byte[]> of(Topics topics, ConsumerRecord<byte[], byte[]> record, Why why) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        List.of(new String[]{REASON, why.reason()}, new String[]{DETAIL, why.detail()},
                new String[]{ORIGIN, origin}, new String[]{WRITTEN_BY, why.writtenBy()})
                .forEach(header -> headers.add(header[0], header[1].getBytes(StandardCharsets.UTF_8)));
        return new ProducerRecord<>(topics.deadLetter(), null, record.key(), record.value(), headers);
    }

    /** Why a record is dead, and who says so. */
    public record Why(String reason, String detail, String writtenBy) {}
}
