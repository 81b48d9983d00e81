package dev.leat.worker.claim;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Codec;
import dev.leat.schemas.DeadLetter;
import dev.leat.schemas.Topics;

/** What claiming writes to the log. Thread-safe. */
record ClaimRecords(Topics topics, Codec<Fact> events, WorkerId worker) {

    ProducerRecord<byte[], byte[]> of(JobId job, Fact fact) {
        return new ProducerRecord<>(topics.events(), job.toString().getBytes(StandardCharsets.UTF_8),
                events.encode(topics.events(), fact));
    }

    ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> source, String reason, String detail) {
        return DeadLetter.of(topics, source, new DeadLetter.Why(reason, detail, "worker " + worker));
    }
}
