package dev.leat.plugin.test;

import dev.leat.domain.Checkpoint;
import dev.leat.domain.Json;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An attempt that has ended, with all that its handler said. Immutable. */
public final class TestedAttempt {

    /**
     * How the handler ended.
     *
     * @param outcome what it returned; none if it threw or returned null
     * @param result what it gave, as JSON
     * @param thrown what left it, or what a worker found wrong with its outcome
     * @param told what it was told of its failure
     * @param leftInterrupted whether it left its thread interrupted although nobody had stopped it
     */
    record Ending(AttemptEnd end, Optional<JobOutcome<?>> outcome, Optional<Json> result, Optional<Throwable> thrown,
            Optional<ToldFailure> told, boolean leftInterrupted) {}

    /**
     * A failure that the handler was told of.
     *
     * @param thrown what its {@code onError} threw
     */
    record ToldFailure(AttemptFailure failure, Optional<Throwable> thrown) {}

    private final String type;
    private final Ending ending;
    private final AttemptRecorder recorder;
    private final Transcript.Said said;

    TestedAttempt(String type, Ending ending, AttemptRecorder recorder) {
        this.type = type;
        this.ending = ending;
        this.recorder = recorder;
        this.said = recorder.transcript().said();
    }

    /** What a worker makes of it. */
    public AttemptEnd end() {
        return ending.end();
    }

    /**
     * What the handler returned.
     *
     * @throws AssertionError if it threw, or if no worker could use what it returned
     */
    public JobOutcome<?> outcome() {
        ending.thrown().ifPresent(thrown -> {
            throw new AssertionError("Expected an outcome from the handler of %s, but there was %s".formatted(type,
                    thrown), thrown);
        });
        return ending.outcome().orElseThrow();
    }

    /**
     * What the handler threw; also the {@link IllegalStateException} by which a worker answers an outcome or a result that
     * is null, or a result that cannot be written as JSON. Empty where there is an {@link #outcome()}.
     */
    public Optional<Throwable> thrown() {
        return ending.thrown();
    }

    /**
     * The result as the handler gave it.
     *
     * @throws AssertionError if the handler did not succeed, or its result is of another class
     */
    public <R> R result(Class<R> type) {
        if (outcome() instanceof JobOutcome.Succeeded<?>(Object result) && type.isInstance(result)) {
            return type.cast(result);
        }
        throw unexpected("success with a result of " + type.getName());
    }

    /**
     * The result as whoever submitted the job reads it, in JSON.
     *
     * @throws AssertionError if the handler did not succeed
     */
    public String resultJson() {
        return ending.result().map(Json::value).orElseThrow(() -> unexpected("success"));
    }

    /**
     * The ids of the jobs that it waits for.
     *
     * @throws AssertionError if the handler ended in another way than by {@link JobOutcome#waitFor}
     */
    public Set<UUID> awaited() {
        if (outcome() instanceof JobOutcome.Waiting<?>(Set<UUID> jobs)) {
            return jobs;
        }
        throw unexpected("a wait for other jobs");
    }

    private AssertionError unexpected(String expected) {
        return new AssertionError(
                "Expected %s from the handler of %s, but got %s".formatted(expected, type, outcome()));
    }

    /** All reports of progress, also those that a worker would leave out because they follow each other too fast. */
    public List<ProgressReport> progress() {
        return said.progress();
    }

    /** All checkpoints, copies, in their order; also those that a worker would leave out because they follow too fast. */
    public List<byte[]> checkpoints() {
        return said.checkpoints().stream().map(Checkpoint::bytes).toList();
    }

    /**
     * What the job's next attempt would find, a copy: the last checkpoint of this one, or where it has left none, of those
     * before.
     */
    public Optional<byte[]> lastCheckpoint() {
        return said.checkpoints().isEmpty()
                ? recorder.lastCheckpoint()
                : Optional.of(said.checkpoints().getLast().bytes());
    }

    /**
     * As {@link #lastCheckpoint()}, for what was left as a record.
     *
     * @throws AssertionError if it is no such record
     */
    public <C extends Record> Optional<C> lastCheckpoint(Class<C> type) {
        try {
            return lastCheckpoint().map(bytes -> recorder.json().read(bytes, type));
        } catch (IllegalArgumentException e) {
            throw new AssertionError("Expected the checkpoint of %s to be of %s. %s".formatted(this.type,
                    type.getSimpleName(), e.getMessage()), e);
        }
    }

    /** All lines of the log, also those that give way to later ones when the log is full. */
    public List<LogEntry> log() {
        return said.log();
    }

    /** The further jobs, in the order in which they were asked for first: one for each key, as its first request says. */
    public List<JobRequest> enqueued() {
        Set<String> keys = new HashSet<>();
        return said.enqueued().stream().filter(job -> keys.add(job.key())).map(EnqueuedJob::request).toList();
    }

    /**
     * The id of a further job; the same that the handler got.
     *
     * @param key of the request
     * @throws AssertionError if there is none
     */
    public UUID enqueuedId(String key) {
        return said.enqueued().stream().filter(job -> job.key().equals(key)).findFirst().map(EnqueuedJob::id)
                .orElseThrow(
                        () -> new AssertionError("Expected %s to ask for a job with the key '%s', but it did for %s"
                                .formatted(type, key, enqueued())));
    }

    /** The batches, in the order in which they were asked for first: one for each key, as its first request says. */
    public List<BatchRequest> enqueuedBatches() {
        Set<String> keys = new HashSet<>();
        return said.batches().stream().filter(batch -> keys.add(batch.key())).map(EnqueuedBatch::request).toList();
    }

    /**
     * The id of a batch; the same that the handler got.
     *
     * @param key of the request
     * @throws AssertionError if there is none
     */
    public UUID enqueuedBatchId(String key) {
        return said.batches().stream().filter(batch -> batch.key().equals(key)).findFirst().map(EnqueuedBatch::id)
                .orElseThrow(
                        () -> new AssertionError("Expected %s to ask for a batch with the key '%s', but it did for %s"
                                .formatted(type, key, enqueuedBatches())));
    }

    /**
     * What {@link dev.leat.plugin.JobHandler#onError} was told. Empty where the attempt has not failed, or had been told to
     * stop before it did.
     */
    public Optional<AttemptFailure> failure() {
        return ending.told().map(ToldFailure::failure);
    }

    /** What {@link dev.leat.plugin.JobHandler#onError} threw; a worker logs it, and it changes nothing. */
    public Optional<Throwable> thrownByOnError() {
        return ending.told().flatMap(ToldFailure::thrown);
    }

    /** All that the handler said. */
    Transcript.Said said() {
        return said;
    }

    /** The result in JSON, if it succeeded and another attempt with the same input has given the same. */
    Optional<String> steadyResult(TestedAttempt another) {
        return ending.result().equals(another.ending.result()) ? ending.result().map(Json::value) : Optional.empty();
    }

    /** Whether the handler returned an outcome, be it one that no worker could use. */
    boolean hasReturned() {
        return ending.outcome().isPresent();
    }

    /** Whether the handler left its thread interrupted although nobody had stopped it. */
    boolean leftInterrupted() {
        return ending.leftInterrupted();
    }

    @Override
    public String toString() {
        return "%s of %s: %s".formatted(ending.end(), type,
                ending.thrown().map(Object::toString).orElseGet(() -> String.valueOf(ending.outcome().orElseThrow())));
    }
}
