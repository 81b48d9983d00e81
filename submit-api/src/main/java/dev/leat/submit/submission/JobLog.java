package dev.leat.submit.submission;

import java.util.Optional;

import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.runtime.http.ProblemException;
import dev.leat.schemas.Codec;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.RecordSizes;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiProblems;

/** What the API writes to Kafka. Each method returns when the record is in the log for good. Thread-safe. */
public final class JobLog {

    private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

    private final Topics topics;
    private final Codecs codecs;
    private final AcknowledgedSender sender;

    public JobLog(Topics topics, Codecs codecs, AcknowledgedSender sender) {
        this.topics = topics;
        this.codecs = codecs;
        this.sender = sender;
    }

    /**
     * Puts a new job into its lane.
     *
     * @throws ProblemException where that failed; it names the job if it may be there all the same
     */
    public CommandPosition command(JobId job, Fact.JobQueued command) {
        String lane = topics.jobs(command.submission().type().plugin(), command.submission().lane());
        byte[] value = encode(codecs.commands(), lane, command);
        if (value.length > RecordSizes.MAX_COMMAND) {
            throw tooLarge(value.length);
        }
        return send(lane, job, value, "submission");
    }

    /**
     * Puts a new job where it waits for its time, or for the word that nobody else has its key.
     *
     * @throws ProblemException where that failed; it names the job if it may be there all the same
     */
    public CommandPosition pending(JobId job, Fact.JobScheduled command) {
        byte[] value = encode(codecs.pending(), topics.pending(), command);
        if (value.length > RecordSizes.MAX_COMMAND) {
            throw tooLarge(value.length);
        }
        return send(topics.pending(), job, value, "submission");
    }

    /**
     * Asks for the end of a job.
     *
     * @throws ProblemException where that failed
     */
    public CommandPosition end(JobId job, Fact.EndRequested request) {
        byte[] value = encode(codecs.control(), topics.control(), request);
        return send(topics.control(), job, value, "request to cancel");
    }

    /**
     * Asks for a job that has ended to be forgotten.
     *
     * @throws ProblemException where that failed, or nobody knows
     */
    public void forget(JobId job, Request.Forget request) {
        byte[] value = encode(codecs.control(), topics.control(), request);
        try {
            var _ = sender.send(topics.control(), job, value);
        } catch (SendFailedException failed) {
            LOG.debug("Expected the request to clear job {} to be acknowledged, but it is {}: {}", job,
                    failed.outcome(), failed.getMessage());
            throw ApiProblems.clearingInDoubt();
        }
    }

    private static <T> byte[] encode(Codec<T> codec, String topic, T value) {
        try {
            return codec.encode(topic, value);
        } catch (RetriableException unreachable) {
            LOG.warn("Expected the schema registry to answer for {}, but: {}", topic, unreachable.getMessage());
            throw ApiProblems.registryUnavailable();
        }
    }

    private static ProblemException tooLarge(int length) {
        return ApiProblems.bodyTooLarge("Expected a job whose record on Kafka has at most " + RecordSizes.MAX_COMMAND
                + " bytes, but it has " + length);
    }

    private CommandPosition send(String topic, JobId job, byte[] value, String what) {
        try {
            return sender.send(topic, job, value);
        } catch (SendFailedException failed) {
            LOG.warn("Expected the {} of job {} to be acknowledged on {}, but it is {}: {}", what, job, topic,
                    failed.outcome(), failed.getMessage());
            throw switch (failed.outcome()) {
                case TOO_LARGE -> tooLarge(value.length);
                case NOT_WRITTEN -> ApiProblems.brokerUnavailable(what, Optional.empty());
                case UNKNOWN -> ApiProblems.brokerUnavailable(what, Optional.of(job));
            };
        }
    }
}
