package dev.leat.schemas;

import dev.leat.domain.Fact;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Submission;
import dev.leat.schemas.avro.JobCommand;

/** Commands: the topic says plugin and lane, the record the rest. */
final class CommandMapping {

    private CommandMapping() {}

    static JobCommand toAvro(Fact.JobQueued fact) {
        Submission submission = fact.submission();
        return JobCommand.newBuilder()
                .setType(submission.type().toString())
                .setParams(submission.params().value())
                .setSubmittedAt(submission.submittedAt())
                .setTags(submission.tags())
                .setAttempt(fact.attempt())
                .build();
    }

    static Fact.JobQueued fromAvro(Topics topics, String topic, JobCommand avro) {
        Topics.LaneOfPlugin lane = topics.parseLane(topic)
                .orElseThrow(() -> new IllegalArgumentException("Expected a lane topic, but got " + topic));
        JobTypeName type = JobTypeName.parse(avro.getType());
        if (!type.plugin().equals(lane.plugin())) {
            throw new IllegalArgumentException(
                    "Expected a job type of plugin '" + lane.plugin() + "' on " + topic + ", but got '" + type + "'");
        }
        if (avro.getAttempt() < 1) {
            throw new IllegalArgumentException("Expected an attempt from 1, but got " + avro.getAttempt());
        }
        return new Fact.JobQueued(avro.getAttempt(), new Submission(type, lane.lane(), new Json(avro.getParams()),
                avro.getTags(), avro.getSubmittedAt()));
    }
}
