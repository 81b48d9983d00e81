package dev.leat.domain.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

/** Jobs that take back completed operations. Pure. */
final class Compensations {

    private Compensations() {}

    /** The job that takes back this operation; its id is always the same. */
    static BatchEffect.Submit of(BatchId batch, Operation operation, BatchMember member, Instant now) {
        Operation.Compensation how = operation.compensation().orElseThrow();
        Submission submission = new Submission(how.type(), how.lane(), params(operation, member),
                operation.submission().tags(), how.policy(), Terms.NONE, now)
                .of(new Origin(Origin.Kind.COMPENSATION, batch.toString(), operation.index()));
        return new BatchEffect.Submit(id("compensation", batch, operation.index()), submission);
    }

    /** A name for a job that follows from those of its batch and operation. */
    static JobId id(String what, BatchId batch, int index) {
        String name = what + "/" + batch + "/" + index;
        byte[] ascii = new byte[name.length()];
        for (int i = 0; i < ascii.length; i++) {
            ascii[i] = (byte) name.charAt(i);
        }
        return new JobId(UUID.nameUUIDFromBytes(ascii));
    }

    /** Names and ids need no escaping in JSON. */
    private static Json params(Operation operation, BatchMember member) {
        String result = member.end().flatMap(BatchMember.End::result).map(json -> ",\"result\":" + json).orElse("");
        List<String> parts = List.of("{\"operation\":{\"jobId\":\"", operation.job().toString(), "\",\"type\":\"",
                operation.submission().type().toString(), "\",\"params\":", operation.submission().params().value(),
                result, "}}");
        return new Json(String.join("", parts));
    }
}
