package dev.leat.worker.shared;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.plugin.DefaultLane;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.NotAcknowledgedException;
import dev.leat.schemas.Codec;
import dev.leat.worker.plugin.RecordJson;

/**
 * Submits the jobs that handlers ask for.
 *
 * <p>Invariant: one request of one job is one job, however often it is made: its id follows from both, and it goes to the
 * pending topic, where the first record of an id is the one that counts. Thread-safe.
 *
 * @param pending the topic of jobs that wait for the projector
 */
public record FurtherJobs(AcknowledgedProducer producer, Codec<Fact.JobScheduled> codec, String pending,
        InstantSource clock) {

    /**
     * Submits a job; returns when Kafka has acknowledged it.
     *
     * @param parent the job whose handler asks
     * @param json writes its params
     * @throws IllegalArgumentException if the params cannot be written or are too large
     * @throws NotAcknowledgedException if there is no acknowledgement in time; it may be submitted all the same
     * @throws InterruptedException likewise, if the thread is interrupted
     */
    public JobId submit(JobId parent, JobRequest request, RecordJson json) throws InterruptedException {
        JobId job = parent.child(request.key());
        byte[] value = RequestRecords.encode(codec, pending, new Fact.JobScheduled(submission(parent, request, json)),
                request);
        var _ = producer.send(
                new ProducerRecord<>(pending, job.toString().getBytes(StandardCharsets.UTF_8), value),
                request.toString());
        return job;
    }

    private Submission submission(JobId parent, JobRequest request, RecordJson json) {
        Terms terms = new Terms(request.earliest(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        Json params = new Json(new String(json.write(request.params()), StandardCharsets.UTF_8));
        return new Submission(JobTypeName.parse(request.type()), lane(request.lane()), params, List.of(),
                PolicyOverrides.NONE, terms, clock.instant(),
                Optional.of(new Origin(Origin.Kind.JOB, parent.toString(), 0)));
    }

    private static Lane lane(DefaultLane lane) {
        return switch (lane) {
            case HIGH -> Lane.HIGH;
            case NORMAL -> Lane.NORMAL;
            case LOW -> Lane.LOW;
        };
    }
}
