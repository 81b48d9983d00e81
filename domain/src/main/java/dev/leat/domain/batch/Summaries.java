package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

/** What the job is told that a batch submits when it has ended. Pure. */
public final class Summaries {

    /** The member of the job's params that holds the summary. */
    public static final String MEMBER = "batch";

    private Summaries() {}

    /** The submission with the summary of the batch in its params. */
    static Submission of(Batch batch, Submission wanted, Instant now) {
        PolicyOverrides policy = wanted.policy();
        return new Submission(wanted.type(), wanted.lane(), withSummary(wanted.params(), summary(batch)),
                wanted.tags(), policy, Terms.NONE, now)
                .of(new Origin(Origin.Kind.SUMMARY, batch.id().toString(), 0));
    }

    /**
     * The params with one more member, a summary.
     *
     * @param params an object without that member, as {@link Json} carries it: nothing comes after its last brace
     */
    public static Json withSummary(Json params, Json summary) {
        String object = params.value().strip();
        String open = object.substring(0, object.length() - 1).strip();
        return new Json(open + (open.equals("{") ? "" : ",") + "\"" + MEMBER + "\":" + summary + "}");
    }

    /** A summary as any batch gives it, to check params with. */
    public static Json example() {
        BatchSpec spec = new BatchSpec(Optional.empty(), 1, Map.of(), BatchOptions.DEFAULT, Optional.empty(),
                Instant.EPOCH);
        return summary(Batch.opened(new BatchId(new UUID(0, 0)), spec).withFinishedAt(Optional.of(Instant.EPOCH)));
    }

    /** The summary of a batch; ids and names of states need no escaping. */
    public static Json summary(Batch batch) {
        Tally tally = batch.tally();
        String states = Arrays.stream(JobState.values())
                .filter(JobState::isTerminal)
                .map(state -> "\"" + state.wireName() + "\":" + tally.of(state))
                .collect(Collectors.joining(","));
        return new Json("{\"id\":\"" + batch.id() + "\",\"status\":\"" + batch.status().wireName() + "\",\"total\":"
                + batch.spec().total() + ",\"states\":{" + states + ",\"skipped\":" + batch.skipped() + "}}");
    }
}
