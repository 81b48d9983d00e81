package dev.leat.e2e.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;

import jakarta.validation.constraints.Min;

/** Steps that record when they run, are taken back, and are summed up. Shared by the workers of a test. */
public final class StepPlugin implements Plugin {

    /** Which step, and whether it goes wrong. */
    public record StepInput(@Min(0) int number, @DefaultValue("false") boolean fails) {}

    /** What a step gives. */
    public record StepResult(int number) {}

    /** What is to be taken back. */
    public record Undo(Done operation) {}

    /** A step that has completed. */
    public record Done(String jobId, String type, StepInput params, StepResult result) {}

    /** A batch that has ended. */
    public record SummaryInput(Summary batch) {}

    /** How it has. */
    public record Summary(String id, String status, int total, Map<String, Integer> states) {}

    /** How many steps to have done by a batch. */
    public record Fan(@Min(1) int count) {}

    /** The batch. */
    public record FanResult(UUID id) {}

    /** How long to wait, at most. */
    public record Pause(@Min(0) int millis) {}

    private final Queue<Integer> ran = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> undone = new ConcurrentLinkedQueue<>();
    private final Queue<Summary> summaries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final Map<Integer, Integer> starts = new ConcurrentHashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public String id() {
        return "steps";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("step", StepInput.class, StepResult.class)
                        .compensatedBy("undo-step")
                        .maxAttempts(1)
                        .handledBy(this::step),
                JobType.named("undo-step", Undo.class).maxAttempts(1).handledBy(this::undo),
                JobType.named("sum", SummaryInput.class).maxAttempts(1).handledBy(this::sum),
                JobType.named("fan", Fan.class, FanResult.class)
                        .constantBackoff(Duration.ZERO)
                        .handledBy(this::fan),
                JobType.named("pause", Pause.class).maxAttempts(1).handledBy(this::pause),
                JobType.named("gate", NoInput.class).maxAttempts(1).handledBy(this::await));
    }

    private JobOutcome<StepResult> step(StepInput step, JobContext context) throws InterruptedException {
        starts.merge(step.number(), 1, Integer::sum);
        int now = running.incrementAndGet();
        mostRunning.accumulateAndGet(now, Math::max);
        try {
            // So long that steps which run at a time meet.
            var _ = gate.await(2, TimeUnit.MILLISECONDS);
            ran.add(step.number());
            return step.fails()
                    ? JobOutcome.failed("as it was told to")
                    : JobOutcome.succeeded(
                            new StepResult(step.number()));
        } finally {
            running.decrementAndGet();
        }
    }

    private JobOutcome<NoResult> undo(Undo undo, JobContext context) {
        undone.add(undo.operation().result().number());
        return JobOutcome.succeeded();
    }

    private JobOutcome<NoResult> sum(SummaryInput input, JobContext context) {
        summaries.add(input.batch());
        return JobOutcome.succeeded();
    }

    /** Its first attempt fails when it has asked for the batch. */
    private JobOutcome<FanResult> fan(Fan fan, JobContext context) throws InterruptedException {
        UUID batch = context.enqueueBatch(BatchRequest.of("steps")
                .operations("steps:step",
                        IntStream.range(0, fan.count()).mapToObj(number -> new StepInput(number, false)).toList())
                .concurrency(2));
        return context.attempt() == 1 ? JobOutcome.failed("once") : JobOutcome.succeeded(new FanResult(batch));
    }

    private JobOutcome<NoResult> pause(Pause pause, JobContext context) throws InterruptedException {
        var _ = gate.await(pause.millis(), TimeUnit.MILLISECONDS);
        return JobOutcome.succeeded();
    }

    private JobOutcome<NoResult> await(NoInput input, JobContext context) throws InterruptedException {
        gate.await();
        return JobOutcome.succeeded();
    }

    /** Lets the jobs of type {@code gate} end. */
    void openGate() {
        gate.countDown();
    }

    /** The steps in the order in which they ran. */
    List<Integer> ran() {
        return List.copyOf(ran);
    }

    /** How often each step was started. */
    Map<Integer, Integer> starts() {
        return starts;
    }

    /** The steps in the order in which they were taken back. */
    List<Integer> undone() {
        return List.copyOf(undone);
    }

    List<Summary> summaries() {
        return List.copyOf(summaries);
    }

    /** How many steps ran at a time, at most. */
    int mostRunning() {
        return mostRunning.get();
    }
}
