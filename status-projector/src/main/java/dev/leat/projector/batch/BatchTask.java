package dev.leat.projector.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchChange;
import dev.leat.domain.batch.BatchEffect;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.projector.topology.EarlyCommit;
import dev.leat.projector.topology.JobTopology;
import dev.leat.projector.topology.Outgoing;

/**
 * The batches of one task: those in the stores, and what is kept in memory beside them.
 *
 * <p>Invariant: what is in memory is what the stores say. All that is done about a batch in one step is in the
 * transaction that the task is in. For the task's stream thread.
 */
final class BatchTask {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTask.class);
    private static final String TOO_LARGE = "command-too-large";

    private final BatchTopology.Parts parts;
    private final BatchPartition view;
    private final BatchStore batches;
    private final MemberStore members;
    private final BatchOutbox outbox;
    private final EarlyCommit commit;
    /** Those that have not finished, so that they need not be read each time. */
    private final Map<BatchId, Batch> open = new HashMap<>();
    /** Those that have, by when they are to be forgotten. */
    private final PriorityQueue<Forgetting> ended = new PriorityQueue<>();

    private record Forgetting(Instant at, BatchId id) implements Comparable<Forgetting> {

        @Override
        public int compareTo(Forgetting other) {
            return at.compareTo(other.at);
        }
    }

    /** Reads all batches, as what is in memory is made from them. */
    BatchTask(ProcessorContext<byte[], Outgoing> context, BatchTopology.Parts parts) {
        JobTopology.Parts shared = parts.shared();
        String application = context.applicationId();
        this.parts = parts;
        this.view = new BatchPartition(context.taskId().partition());
        this.batches = new BatchStore(context.getStateStore(BatchTopology.BATCHES),
                BatchTopology.changelog(application, BatchTopology.BATCHES), shared.codecs().batchStates(),
                shared.patience());
        this.members = new MemberStore(context.getStateStore(BatchTopology.MEMBERS),
                BatchTopology.changelog(application, BatchTopology.MEMBERS), shared.codecs(),
                shared.topics().batches(), shared.patience());
        this.outbox = new BatchOutbox(context, shared);
        this.commit = new EarlyCommit(context, shared.pace(), shared.clock());
        batches.forEach(this::remember);
    }

    private void remember(Batch batch) {
        view.add(batch);
        if (batch.isFinished()) {
            open.remove(batch.id());
            ended.add(forgetting(batch));
        } else {
            open.put(batch.id(), batch);
        }
    }

    private Forgetting forgetting(Batch batch) {
        return new Forgetting(batch.finishedAt().orElseThrow().plus(parts.retention()), batch.id());
    }

    BatchPartition view() {
        return view;
    }

    BatchOutbox outbox() {
        return outbox;
    }

    Iterable<BatchId> unfinished() {
        return open.keySet();
    }

    /** @param raw the record that the event was read from */
    void take(BatchId id, BatchEvent event, byte[] raw) {
        Optional<Batch> known = find(id);
        switch (event) {
            case BatchEvent.Opened(var spec) -> save(known, parts.flow().opened(id, known, spec));
            case BatchEvent.Item(var operation) -> known
                    .filter(batch -> !batch.received() && operation.index() < batch.spec().total())
                    .ifPresent(batch -> {
                        members.saveOperation(id, operation.index(), raw);
                        save(known, parts.flow().received(batch, operation.index()));
                    });
            case BatchEvent.CancelRequested _ -> known.ifPresent(batch -> save(known, parts.flow().cancelled(batch)));
            case BatchEvent.RollbackRequested _ ->
                known.ifPresent(batch -> save(known, parts.flow().rollbackRequested(batch)));
        }
    }

    void take(BatchId id, JobNotice notice) {
        find(id).ifPresent(batch -> apply(batch, parts.flow().notified(batch, notice, members.of(id)), now()));
    }

    /** Does the next thing that the batch does by itself; says whether there was one. */
    boolean step(BatchId id) {
        Instant now = now();
        Optional<Batch> batch = find(id);
        Optional<BatchChange> next = batch.flatMap(known -> parts.flow().next(known, members.of(id), now));
        next.ifPresent(change -> apply(batch.orElseThrow(), change, now));
        return next.isPresent();
    }

    private void apply(Batch before, BatchChange change, Instant now) {
        save(Optional.of(before), change.batch());
        List<JobNotice> refused = new ArrayList<>();
        change.effects().forEach(effect -> run(before.id(), effect, now).ifPresent(refused::add));
        refused.forEach(notice -> take(before.id(), notice));
    }

    /** Gives how a job ended that could not even be submitted: nobody else would tell. */
    private Optional<JobNotice> run(BatchId id, BatchEffect effect, Instant now) {
        switch (effect) {
            case BatchEffect.Keep(BatchMember member) -> members.save(id, member);
            case BatchEffect.Drop(int index) -> members.dropOperation(id, index);
            case BatchEffect.End(JobId job) -> outbox.end(job, now);
            case BatchEffect.Tell(JobNotice notice) -> outbox.tell(notice);
            case BatchEffect.Submit(JobId job, Submission submission) -> {
                if (!outbox.submit(job, submission, now)) {
                    LOG.warn("Job {} of batch {} cannot be submitted: its command is too large", job, id);
                    return Optional.of(tooLarge(job, submission, now));
                }
                commit.request();
            }
        }
        return Optional.empty();
    }

    private static JobNotice tooLarge(JobId job, Submission submission, Instant now) {
        return new JobNotice(submission.origin().orElseThrow(), job, submission.type(), JobState.REJECTED,
                Optional.empty(),
                Optional.of(JobError.of(TOO_LARGE, "Expected a command that Kafka takes, but it is too large")),
                Optional.empty(), now);
    }

    private Optional<Batch> find(BatchId id) {
        return Optional.ofNullable(open.get(id)).or(() -> batches.find(id));
    }

    private void save(Optional<Batch> before, Batch after) {
        if (before.filter(after::equals).isEmpty()) {
            batches.save(after);
            remember(after);
        }
    }

    /** When the next batch is to be forgotten; empty where there is none. */
    Optional<Instant> nextForgetting() {
        return Optional.ofNullable(ended.peek()).map(Forgetting::at);
    }

    /** Forgets a part of a batch whose time has come; says whether there was one. */
    boolean forgetSome(int most) {
        Forgetting first = ended.peek();
        if (first == null || first.at().isAfter(now())) {
            return false;
        }
        Optional<Batch> batch = batches.find(first.id())
                .filter(Batch::isFinished)
                .filter(known -> forgetting(known).equals(first));
        if (batch.isEmpty() || members.deleteSome(first.id(), most)) {
            batch.ifPresent(this::forget);
            ended.remove();
        }
        return true;
    }

    private void forget(Batch batch) {
        batches.delete(batch.id());
        view.remove(batch);
    }

    private Instant now() {
        return parts.shared().clock().instant();
    }
}
