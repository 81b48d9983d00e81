package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.estimate.Estimate;

/**
 * What people and programs see of a batch over HTTP.
 *
 * @param status {@link BatchStatus#wireName()}
 * @param completed how many operations have
 * @param failed how many failed, timed out, expired or were rejected
 * @param percent how much has ended or been skipped, 0 to 100
 * @param states how many operations there are of each status, see {@link OperationView}
 * @param onCompletion the job that gets the summary, whether it has been submitted or not
 * @param estimate how long it will take until all operations have ended
 * @param failures the first operations that ended otherwise than completed; left out in lists
 * @param error why it was rejected, where it has been ordered and could not be
 */
public record BatchView(BatchId id, Optional<String> name, String status, int total, int completed, int failed,
        double percent, Map<String, Integer> states, String onFailure, Optional<Integer> concurrency,
        Optional<SummaryView> onCompletion, Optional<Rollback> rollback, Instant submittedAt,
        Optional<Instant> startedAt, Optional<Instant> finishedAt, Optional<Estimate> estimate,
        Optional<List<OperationView>> failures, Optional<JobError> error) {

    /** The job that gets the summary. */
    public record SummaryView(JobId jobId, String type, boolean submitted) {}

    /** Shows a batch. */
    public static BatchView of(Batch batch, Optional<Estimate> estimate, Optional<List<OperationView>> failures) {
        BatchSpec spec = batch.spec();
        return new BatchView(batch.id(), spec.name(), batch.status().wireName(), spec.total(),
                batch.tally().completed(), batch.tally().failed(), Math.round(batch.percent() * 10) / 10.0,
                states(batch), spec.options().onFailure().wireName(), spec.options().concurrency(),
                spec.onCompletion()
                        .map(job -> new SummaryView(job.id(), job.submission().type().toString(), batch.summarized())),
                batch.rollback(), spec.submittedAt(), batch.startedAt(), batch.finishedAt(), estimate,
                failures, spec.refusal());
    }

    private static Map<String, Integer> states(Batch batch) {
        Map<String, Integer> states = new LinkedHashMap<>();
        states.put(OperationView.WAITING, batch.waiting());
        states.put(OperationView.RELEASED, batch.open());
        Arrays.stream(JobState.values())
                .filter(JobState::isTerminal)
                .forEach(state -> states.put(state.wireName(), batch.tally().of(state)));
        states.put(OperationView.SKIPPED, batch.skipped());
        return states;
    }
}
