package dev.leat.worker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.schemas.Codec;
import dev.leat.schemas.UndecodableRecordException;
import dev.leat.worker.run.Attempts;
import dev.leat.worker.run.WantedEnds;

/**
 * Does what is asked for in the control topic: notes which jobs are wanted to end, and stops their attempts. For the one
 * thread that reads the topic.
 */
record ControlRequests(Codec<Request> codec, WantedEnds ends, Attempts attempts) implements RecordHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ControlRequests.class);

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> source) {
        if (source.key() == null || source.value() == null) {
            return;
        }
        try {
            JobId job = JobId.parse(new String(source.key(), StandardCharsets.UTF_8));
            codec.decode(source.topic(), source.value())
                    .ifPresent(request -> carryOut(job, request, Instant.ofEpochMilli(source.timestamp())));
        } catch (UndecodableRecordException | IllegalArgumentException e) {
            LOG.warn("Expected a request about a job at {}-{}@{}, but passed it over: {}", source.topic(),
                    source.partition(), source.offset(), e.getMessage());
        }
    }

    private void carryOut(JobId job, Request request, Instant written) {
        switch (request) {
            case Fact.EndRequested wanted -> {
                ends.add(job, wanted.reason(), written);
                attempts.end(job, wanted.reason());
            }
            case Request.StopClaim stop -> attempts.stopClaim(stop.claim());
            case Request.Forget _,Fact.JobWatched _,Fact.AwaitedEnded _ -> {
                // The projector's affair: the job has no attempt here.
            }
        }
    }
}
