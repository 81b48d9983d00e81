package dev.leat.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.leat.domain.JobId;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Handlers of each kind, which record when they start and stop. Shared by the workers of a test. */
public final class RecordingPlugin implements Plugin {

    /** How long to sleep. */
    public record SleepInput(@DefaultValue("0") @Min(0) @Max(60_000) int millis) {}

    /** How long the text is that is the result. */
    public record TextInput(@Min(0) int length) {}

    /** How many reports to make, without a pause. */
    public record ProgressInput(@Min(1) int reports) {}

    private final String id;
    private final OptionalInt slots;
    private final Map<JobId, Integer> starts = new ConcurrentHashMap<>();
    private final Queue<JobId> inOrder = new ConcurrentLinkedQueue<>();
    private final Map<JobId, Boolean> interrupted = new ConcurrentHashMap<>();
    private final AtomicInteger sleepers = new AtomicInteger();
    private final AtomicInteger mostSleepers = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    public RecordingPlugin(String id) {
        this(id, OptionalInt.empty());
    }

    public RecordingPlugin(String id, OptionalInt slots) {
        this.id = id;
        this.slots = slots;
    }

    /** How often the handler was called for each job. */
    public Map<JobId, Integer> starts() {
        return starts;
    }

    /** The jobs in the order of their handlers' starts. */
    public List<JobId> inOrder() {
        return List.copyOf(inOrder);
    }

    /** The jobs whose handler was interrupted, and whether it was told that it is cancelled. */
    public Map<JobId, Boolean> interrupted() {
        return interrupted;
    }

    /** The most jobs of type {@code sleep} that ran at a time, over all workers. */
    public int mostSleepers() {
        return mostSleepers.get();
    }

    /** Lets the jobs of type {@code gate} end. */
    public void openGate() {
        gate.countDown();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public OptionalInt slots() {
        return slots;
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("noop", NoInput.class).handledBy((_, context) -> started(context)),
                JobType.named("sleep", SleepInput.class).handledBy(this::sleep),
                JobType.named("gate", NoInput.class).handledBy((_, context) -> {
                    started(context);
                    gate.await();
                    return JobOutcome.succeeded();
                }),
                JobType.named("wait", NoInput.class).handledBy((_, context) -> waitForInterrupt(context)),
                JobType.named("deaf", NoInput.class).handledBy((_, context) -> ignoreInterrupts(context)),
                JobType.named("finish", NoInput.class).handledBy((_, context) -> finishWhenInterrupted(context)),
                JobType.named("spin", NoInput.class).handledBy((_, context) -> spin(context)),
                JobType.named("text", TextInput.class, String.class)
                        .handledBy((input, _) -> JobOutcome.succeeded("x".repeat(input.length()))),
                JobType.named("progress", ProgressInput.class).handledBy(RecordingPlugin::progress),
                JobType.named("fail", NoInput.class).handledBy((_, _) -> JobOutcome.failed("no such file")),
                JobType.named("patient", NoInput.class)
                        .maxAttempts(2)
                        .constantBackoff(Duration.ofSeconds(77))
                        .handledBy((_, _) -> JobOutcome.failed("no such file")),
                JobType.named("later", NoInput.class)
                        .handledBy((_, _) -> JobOutcome.retryAfter(Duration.ofMinutes(5), "told to wait")),
                JobType.named("hopeless", NoInput.class)
                        .handledBy((_, _) -> JobOutcome.notRetryable("no such account")),
                JobType.named("snooze", NoInput.class).handledBy((_, _) -> JobOutcome.snooze(Duration.ofMinutes(7))),
                JobType.named("quit", NoInput.class).handledBy((_, _) -> JobOutcome.cancelled()),
                JobType.named("throw", NoInput.class).handledBy((_, _) -> {
                    throw new IllegalStateException("m".repeat(100_000));
                }),
                JobType.named("overflow", NoInput.class).handledBy((_, _) -> overflow(0)),
                JobType.named("unlinked", NoInput.class).handledBy((_, _) -> {
                    throw new NoClassDefFoundError("org/example/Missing");
                }),
                JobType.named("memory", NoInput.class).handledBy((_, _) -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
    }

    private JobOutcome<NoResult> started(JobContext context) {
        JobId job = new JobId(context.jobId());
        starts.merge(job, 1, Integer::sum);
        inOrder.add(job);
        return JobOutcome.succeeded();
    }

    private JobOutcome<NoResult> sleep(SleepInput input, JobContext context) throws InterruptedException {
        started(context);
        mostSleepers.accumulateAndGet(sleepers.incrementAndGet(), Math::max);
        try {
            Thread.sleep(Duration.ofMillis(input.millis()));
            return JobOutcome.succeeded();
        } finally {
            sleepers.decrementAndGet();
        }
    }

    private JobOutcome<NoResult> waitForInterrupt(JobContext context) throws InterruptedException {
        started(context);
        try {
            gate.await();
            return JobOutcome.succeeded();
        } catch (InterruptedException e) {
            interrupted.put(new JobId(context.jobId()), context.isCancelled());
            throw e;
        }
    }

    private JobOutcome<NoResult> ignoreInterrupts(JobContext context) {
        started(context);
        while (gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException _) {
                interrupted.put(new JobId(context.jobId()), context.isCancelled());
            }
        }
        return JobOutcome.succeeded();
    }

    private JobOutcome<NoResult> finishWhenInterrupted(JobContext context) {
        started(context);
        try {
            gate.await();
        } catch (InterruptedException _) {
            interrupted.put(new JobId(context.jobId()), context.isCancelled());
        }
        return JobOutcome.succeeded();
    }

    /** Keeps a carrier of virtual threads for itself. */
    private JobOutcome<NoResult> spin(JobContext context) {
        started(context);
        while (gate.getCount() > 0) {
            Thread.onSpinWait();
        }
        return JobOutcome.succeeded();
    }

    private static JobOutcome<NoResult> progress(ProgressInput input, JobContext context) {
        for (int report = 1; report <= input.reports(); report++) {
            context.progress(report, input.reports(), "report " + report);
        }
        return JobOutcome.succeeded();
    }

    @SuppressWarnings("InfiniteRecursion") // The stack is to run out.
    private static JobOutcome<NoResult> overflow(int depth) {
        return overflow(depth + 1);
    }
}
