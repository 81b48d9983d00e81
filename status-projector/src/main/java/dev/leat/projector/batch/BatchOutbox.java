package dev.leat.projector.batch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Submission;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.Outgoing;
import dev.leat.projector.watch.LaneDirectory;
import dev.leat.schemas.DeadLetter;

/**
 * Writes what batches want written, each record with the id of its job as the key, in the transaction of the task.
 *
 * <p>A command goes straight to its lane where that is known to be there and to take it. Otherwise it goes to the pending
 * topic, as one with conditions does: the task of the job waits for the lane then, or refuses the job. For the task's
 * stream thread.
 */
final class BatchOutbox {

    /** What Kafka adds to a record of any size, generously. */
    private static final int FRAME = 1_024;
    /** The longest command that the pending topic takes for sure: by default a broker takes 1 MiB for a batch of records. */
    private static final int MAX_PENDING = 1_040_000;

    private final ProcessorContext<byte[], Outgoing> context;
    private final JobTopology.Parts parts;

    BatchOutbox(ProcessorContext<byte[], Outgoing> context, JobTopology.Parts parts) {
        this.context = context;
        this.parts = parts;
    }

    /** Submits a job; says whether Kafka can take it. */
    boolean submit(JobId job, Submission submission, Instant now) {
        boolean queued = !submission.terms().isConditional() && queue(job, submission, now);
        return queued || pend(job, submission, now);
    }

    private boolean queue(JobId job, Submission submission, Instant now) {
        String lane = parts.topics().jobs(submission.type().plugin(), submission.lane());
        if (!(parts.lanes().find(lane) instanceof LaneDirectory.Lookup.Present(int largest))) {
            return false;
        }
        Fact.JobQueued command = Fact.JobQueued.first(submission);
        byte[] value = parts.patience()
                .until("write a command of " + job, () -> parts.codecs().commands().encode(lane, command));
        return forward(job, lane, value, Math.min(largest, MAX_PENDING), now);
    }

    private boolean pend(JobId job, Submission submission, Instant now) {
        String pending = parts.topics().pending();
        byte[] value = parts.patience()
                .until("write a command of " + job,
                        () -> parts.codecs().pending().encode(pending, new Fact.JobScheduled(submission)));
        return forward(job, pending, value, MAX_PENDING, now);
    }

    private boolean forward(JobId job, String topic, byte[] value, int largest, Instant now) {
        boolean fits = value.length + FRAME <= largest;
        if (fits) {
            forward(job, Outgoing.of(topic, value), now, BatchTopology.COMMANDS);
        }
        return fits;
    }

    /** Asks for the end of a job. */
    void end(JobId job, Instant now) {
        String control = parts.topics().control();
        byte[] value = parts.patience()
                .until("write a request about " + job, () -> parts.codecs()
                        .control()
                        .encode(control, new Fact.EndRequested(EndReason.CANCEL, now)));
        forward(job, Outgoing.of(control, value), now, BatchTopology.REQUESTS);
    }

    /** Tells whoever has ordered a batch how it ended. */
    void tell(JobNotice notice) {
        String notices = parts.topics().notices();
        byte[] value = parts.patience()
                .until("tell of the end of batch " + notice.job(),
                        () -> parts.codecs().notices().encode(notices, notice));
        context.forward(new Record<>(notice.origin().id().getBytes(StandardCharsets.UTF_8),
                Outgoing.of(notices, value), Math.max(0, notice.finishedAt().toEpochMilli())), BatchTopology.ENDS);
    }

    private void forward(JobId job, Outgoing outgoing, Instant at, String sink) {
        context.forward(new Record<>(job.toString().getBytes(StandardCharsets.UTF_8), outgoing,
                Math.max(0, at.toEpochMilli())), sink);
    }

    /** Writes a record that nobody can use to the dead-letter topic. */
    void bury(Record<byte[], byte[]> rawRecord, RecordMetadata at, BatchReading.Poison poison) {
        ConsumerRecord<byte[], byte[]> consumed = new ConsumerRecord<>(at.topic(), at.partition(), at.offset(),
                rawRecord.timestamp(), TimestampType.CREATE_TIME, ConsumerRecord.NULL_SIZE, ConsumerRecord.NULL_SIZE,
                rawRecord.key(), rawRecord.value(), rawRecord.headers(), Optional.empty());
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(parts.topics(), consumed,
                new DeadLetter.Why(poison.reason(), poison.detail(), parts.writtenBy()));
        context.forward(new Record<>(letter.key(), Outgoing.of(letter.topic(), letter.value()), rawRecord.timestamp(),
                letter.headers()), BatchTopology.DEAD_LETTERS);
    }
}
