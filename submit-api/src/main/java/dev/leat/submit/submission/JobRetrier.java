package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

import org.apache.kafka.common.errors.RetriableException;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.runtime.http.ProblemException;
import dev.leat.schemas.Codec;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.status.ProjectorAnswer;

/**
 * Submits anew what was submitted as a job that has ended. That job stays as it is, as nothing changes one that has
 * ended. Thread-safe; callers block.
 *
 * <p>The new one has its type, params, lane, tags and policy, and its unique key, which is free unless another job has
 * taken it since. It has no times, as those of the first are past, and nobody is told how it ends: whoever submitted the
 * first has been told of that one.
 */
public final class JobRetrier {

    private final ObjectMapper json;
    private final String pending;
    private final Codec<Fact.JobScheduled> codec;
    private final SubmitJobReader reader;
    private final JobSubmitter submitter;

    /**
     * @param json the JSON of Leat
     * @param pending the topic as whose records projectors say what was submitted
     */
    public JobRetrier(ObjectMapper json, String pending, Codec<Fact.JobScheduled> codec, JobSubmitter submitter) {
        this.json = json;
        this.pending = pending;
        this.codec = codec;
        this.reader = new SubmitJobReader(json);
        this.submitter = submitter;
    }

    /**
     * Submits it.
     *
     * @param submission what was submitted, as a projector has said it
     * @param overrides a JSON object with what is to be other than it was, or nothing
     * @param idempotencyKey what the client calls this request
     * @throws ProblemException where the overrides are of no use, the new job would have two keys, or it cannot be
     *         submitted
     */
    public SubmitResult retry(JobId ended, ProjectorAnswer submission, byte[] overrides,
            Optional<String> idempotencyKey) {
        SubmitJob wanted = reader.readRetry(ended, again(read(submission)), overrides, idempotencyKey);
        return submitter.submit(wanted, Optional.of(new Origin(Origin.Kind.RETRY, ended.toString(), 0)));
    }

    private static SubmitJob again(Submission first) {
        return new SubmitJob(first.type().toString(), first.params(), Optional.of(first.lane()), first.tags(),
                first.policy(), Timing.NONE, first.terms().uniqueKey(), Optional.empty());
    }

    private Submission read(ProjectorAnswer answer) {
        try {
            byte[] value = Base64.getDecoder().decode(json.readTree(answer.body()).path("record").asText());
            return codec.decode(pending, value).orElseThrow().submission();
        } catch (RetriableException unreachable) {
            throw ApiProblems.registryUnavailable();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected what was submitted of the projector, but cannot read it", e);
        }
    }
}
