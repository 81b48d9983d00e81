package dev.leat.e2e.chaos.plugin;

import java.util.List;
import java.util.Map;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What batches are made of: steps that can be taken back, and what sums them up. */
public final class StepsPlugin implements Plugin {

    /** How long it takes, and whether it goes wrong. */
    public record Step(@Min(0) @Max(60_000) int millis, @DefaultValue("false") boolean fails) {}

    /** What a step gives. */
    public record Done(int millis) {}

    /** What is to be taken back. */
    public record Undo(Operation operation) {}

    /** A step that has completed. */
    public record Operation(String jobId, String type, Step params, Done result) {}

    /** A batch that has ended. */
    public record Sum(Summary batch) {}

    /** How it has. */
    public record Summary(String id, String status, int total, Map<String, Integer> states) {}

    /** For the service loader. */
    public StepsPlugin() {
        // has nothing
    }

    @Override
    public String id() {
        return "steps";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("step", Step.class, Done.class).compensatedBy("undo").maxAttempts(2).handledBy(
                        StepsPlugin::step),
                JobType.named("undo", Undo.class).maxAttempts(5).handledBy(StepsPlugin::undo),
                JobType.named("sum", Sum.class).maxAttempts(5).handledBy((input, context) -> JobOutcome.succeeded()));
    }

    private static JobOutcome<Done> step(Step step, JobContext context) throws InterruptedException {
        Pause.of(step.millis());
        return step.fails()
                ? JobOutcome.failed("as it was told to")
                : JobOutcome.succeeded(new Done(step.millis()));
    }

    private static JobOutcome<NoResult> undo(Undo undo, JobContext context) throws InterruptedException {
        Pause.of(undo.operation().result().millis() / 4);
        return JobOutcome.succeeded();
    }
}
