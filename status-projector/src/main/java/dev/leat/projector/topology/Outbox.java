package dev.leat.projector.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Request;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.DeadLetter;
import dev.leat.schemas.Topics;

/**
 * Writes records, each with the id of its job as the key. They become visible together with the stores and the offsets
 * of the task, or not at all.
 *
 * <p>A record that the broker refuses would end the transaction, and with it the stream thread, again and again: what may
 * be too large is weighed before it is written. For the task's stream thread.
 */
final class Outbox {

    /** What Kafka adds to a record of any size, generously. */
    private static final int FRAME = 1_024;

    private final ProcessorContext<byte[], Outgoing> context;
    private final Topics topics;
    private final Codecs codecs;
    private final RegistryPatience patience;
    private final String writtenBy;

    Outbox(ProcessorContext<byte[], Outgoing> context, JobTopology.Parts parts) {
        this.context = context;
        this.topics = parts.topics();
        this.codecs = parts.codecs();
        this.patience = parts.patience();
        this.writtenBy = parts.writtenBy();
    }

    void decide(JobId job, Fact decision) {
        String events = topics.events();
        byte[] value = patience.until("write a decision on " + job, () -> codecs.events().encode(events, decision));
        forward(job, Outgoing.of(events, value), decision.at(), JobTopology.DECISIONS);
    }

    void ask(JobId job, Request request) {
        String control = topics.control();
        byte[] value = patience.until("write a request about " + job,
                () -> codecs.control().encode(control, request));
        forward(job, Outgoing.of(control, value), request.at(), JobTopology.REQUESTS);
    }

    /**
     * Writes a command to its lane, which has to exist.
     *
     * @param largest how large a record the lane takes, in bytes
     * @return whether the command is not too large; nothing has been written otherwise
     */
    boolean queue(JobId job, String lane, Fact.JobQueued command, int largest, Instant now) {
        byte[] value = patience.until("write a command of " + job, () -> codecs.commands().encode(lane, command));
        boolean fits = value.length + FRAME <= Math.min(largest, JobTopology.MAX_JOB_BYTES);
        if (fits) {
            forward(job, Outgoing.of(lane, value), now, JobTopology.COMMANDS);
        }
        return fits;
    }

    /** Tells the batch or schedule on whose behalf the job was submitted; the record's key is that one's id. */
    void notifySubmitter(JobNotice notice) {
        String notices = topics.notices();
        byte[] value = patience.until("tell how " + notice.job() + " ended",
                () -> codecs.notices().encode(notices, notice));
        context.forward(new Record<>(notice.origin().id().getBytes(StandardCharsets.UTF_8),
                Outgoing.of(notices, value), Math.max(0, notice.finishedAt().toEpochMilli())), JobTopology.NOTICES);
    }

    private void forward(JobId job, Outgoing outgoing, Instant at, String sink) {
        context.forward(new Record<>(JobStore.key(job).get(), outgoing, Math.max(0, at.toEpochMilli())), sink);
    }

    /** Writes a record that nobody can use to the dead-letter topic. */
    void bury(Record<byte[], byte[]> rawRecord, RecordMetadata at, Reading.Poison poison) {
        context.forward(Burial.of(topics, rawRecord, at,
                new DeadLetter.Why(poison.reason(), poison.detail(), writtenBy)), JobTopology.DEAD_LETTERS);
    }
}
