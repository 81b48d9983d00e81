package dev.leat.submit.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.domain.batch.Summaries;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.settings.DataSize;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.Admission;
import dev.leat.submit.submission.JobIds;
import dev.leat.submit.submission.SubmitJob;
import dev.leat.submit.submission.Timing;

/**
 * A batch that is being read: checks each operation as a submission by itself would be, and keeps it as the bytes that
 * will be written. Once something is wrong nothing more is kept, and all that is wrong is collected. For one thread.
 */
public final class BatchDraft implements OperationSink {

    /** An operation is written once with what the batch needs around it, and the command must fit by itself again. */
    private static final int MAX_OPERATION = 990_000;
    private static final int MAX_SUMMARY_PARAMS = 16_000;

    private final BatchId id;
    private final Instant now;
    private final Parts parts;
    private final BatchErrors errors = new BatchErrors();
    private final List<byte[]> items = new ArrayList<>();
    private final Map<JobTypeName, Integer> types = new HashMap<>();
    private BatchHeader header = BatchHeader.NONE;
    private int count;
    private long bytes;

    /**
     * What a draft is made with.
     *
     * @param limit how large all of it may be
     */
    public record Parts(Admission admission, JobIds ids, BatchLog log, DataSize limit) {}

    BatchDraft(BatchId id, Instant now, Parts parts) {
        this.id = id;
        this.now = now;
        this.parts = parts;
    }

    @Override
    public void header(BatchHeader read) {
        header = read;
    }

    @Override
    public void wrong(String pointer, List<FieldError> wrong) {
        errors.addAll(pointer, wrong);
    }

    @Override
    public void malformed(Optional<Integer> line, List<FieldError> wrong) {
        errors.addAll(nextIndex(), line, wrong);
    }

    @Override
    public void operation(SubmitJob job, Optional<Integer> line) {
        int index = nextIndex();
        Admission.Inspection inspection = parts.admission().inspect(job, now);
        errors.addAll(index, line, inspection.errors());
        inspection.jobType().ifPresent(type -> {
            types.merge(type.type(), 1, Integer::sum);
            if (errors.isEmpty()) {
                keep(index, line, job, type);
            }
        });
    }

    private int nextIndex() {
        if (count == BatchSpec.MOST_OPERATIONS) {
            errors.add(new OperationError(Optional.empty(), Optional.empty(), "/operations",
                    "Expected at most " + BatchSpec.MOST_OPERATIONS + " operations, but got more"));
            errors.refuse();
        }
        return count++;
    }

    private void keep(int index, Optional<Integer> line, SubmitJob job, JobTypeDescriptor type) {
        Submission submission = submission(job, type).of(new Origin(Origin.Kind.BATCH, id.toString(), index));
        JobId jobId = parts.ids().draw(submission);
        byte[] item = parts.log()
                .encode(new BatchEvent.Item(new Operation(index, jobId, submission, compensation(type))));
        if (item.length > MAX_OPERATION) {
            errors.addAll(index, line, List.of(new FieldError("",
                    "Expected an operation of at most " + MAX_OPERATION + " bytes, but it has " + item.length)));
        }
        bytes += item.length;
        if (bytes > parts.limit().bytes()) {
            throw ApiProblems.bodyTooLarge(
                    "Expected a batch of at most " + parts.limit().bytes() + " bytes on Kafka, but it has more");
        }
        items.add(item);
    }

    private Submission submission(SubmitJob job, JobTypeDescriptor type) {
        return new Submission(type.type(), job.priority().orElse(type.defaultLane()), job.params(), job.tags(),
                PolicyOverrides.of(type.policy().with(job.policy())), job.terms(now), now);
    }

    private Optional<Operation.Compensation> compensation(JobTypeDescriptor type) {
        return type.compensatedBy()
                .flatMap(undo -> parts.admission().find(undo.toString()))
                .map(undo -> new Operation.Compensation(undo.type(), undo.defaultLane(),
                        PolicyOverrides.of(undo.policy())));
    }

    /**
     * What is to be written, in order; empty operations and all that is wrong are refused.
     *
     * @param origin who is told of the batch's end
     * @throws dev.leat.runtime.http.ProblemException where anything is wrong
     */
    Finished finish(Optional<Origin> origin) {
        Optional<BatchSpec.SummaryJob> summary = header.onCompletion().flatMap(this::summary);
        if (count == 0) {
            errors.add(new OperationError(Optional.empty(), Optional.empty(), "/operations",
                    "Expected at least one operation, but got none"));
        }
        errors.refuse();
        BatchSpec spec = new BatchSpec(header.name(), count, types, header.options(), summary, now).of(origin);
        List<byte[]> records = new ArrayList<>(count + 1);
        records.add(parts.log().encode(new BatchEvent.Opened(spec)));
        records.addAll(items);
        return new Finished(spec, records);
    }

    /** A batch of which nothing is wrong, and its records. */
    record Finished(BatchSpec spec, List<byte[]> records) {

        /** How many jobs each plugin gets. */
        Map<String, Integer> byPlugin() {
            Map<String, Integer> byPlugin = new HashMap<>();
            spec.types().forEach((type, jobs) -> byPlugin.merge(type.plugin(), jobs, Integer::sum));
            return byPlugin;
        }
    }

    /** The job that gets the summary, whose params must be valid with one. */
    private Optional<BatchSpec.SummaryJob> summary(SubmitJob job) {
        if (job.params().value().length() > MAX_SUMMARY_PARAMS) {
            errors.addAll("/onCompletion", List.of(new FieldError("/params", "Expected at most " + MAX_SUMMARY_PARAMS
                    + " characters, but got " + job.params().value().length())));
            return Optional.empty();
        }
        if (job.terms(now).isConditional() || !job.timing().equals(Timing.NONE)) {
            errors.addAll("/onCompletion", List.of(new FieldError("",
                    "Expected a job that runs at once, but got one with a time or a key of its own")));
            return Optional.empty();
        }
        Json params = Summaries.withSummary(job.params(), Summaries.example());
        Admission.Inspection inspection = parts.admission().inspect(job.withParams(params), now);
        errors.addAll("/onCompletion", inspection.errors());
        return inspection.jobType()
                .filter(_ -> inspection.errors().isEmpty())
                .map(type -> submission(job, type))
                .map(submission -> new BatchSpec.SummaryJob(parts.ids().draw(submission), submission));
    }
}
