package dev.leat.plugin.test;

import dev.leat.domain.Json;
import dev.leat.plugin.JobOutcome;
import java.util.List;
import java.util.Optional;

/** An attempt that has ended, with all that its handler said. Immutable. */
public final class TestedAttempt {

    /**
     * How the handler ended.
     *
     * @param outcome what it returned; none if it threw or returned null
     * @param result what it gave, as JSON
     * @param thrown what left it, or what a worker found wrong with its outcome
     * @param leftInterrupted whether it left its thread interrupted although nobody had stopped it
     */
    record Ending(AttemptEnd end, Optional<JobOutcome<?>> outcome, Optional<Json> result, Optional<Throwable> thrown,
            boolean leftInterrupted) {}

    private final String type;
    private final Ending ending;
    private final List<ProgressReport> progress;
    private final List<String> refusals;

    TestedAttempt(String type, Ending ending, AttemptRecorder recorder) {
        this.type = type;
        this.ending = ending;
        this.progress = recorder.reports();
        this.refusals = recorder.refusals();
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

    private AssertionError unexpected(String expected) {
        return new AssertionError(
                "Expected %s from the handler of %s, but got %s".formatted(expected, type, outcome()));
    }

    /** All reports of progress, also those that a worker would leave out because they follow each other too fast. */
    public List<ProgressReport> progress() {
        return progress;
    }

    /** Whether the handler returned an outcome, be it one that no worker could use. */
    boolean hasReturned() {
        return ending.outcome().isPresent();
    }

    /** What the handler said that its context refused by an exception. */
    List<String> refusals() {
        return refusals;
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
