package dev.leat.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.leat.domain.JobId;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.DefaultLane;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.JobType;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.PluginContext;

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

    /** After how many attempts the job is done. */
    public record StepsInput(@Min(1) int steps) {}

    /** The attempts that have taken part. */
    public record Steps(List<Integer> attempts) {}

    /** How often the plugin has counted. */
    public record Count(int value) {}

    /** Which further job to ask for, how large, and whether to fail after that. */
    public record ChildInput(String key, @DefaultValue("0") @Min(0) int size, @DefaultValue("false") boolean fails) {}

    /** The further job. */
    public record ChildId(UUID id) {}

    /** For which job to wait; for itself if left out. */
    public record WaiterInput(Optional<UUID> job) {}

    /** How those ended for which the job has waited. */
    public record Ends(int attempt, List<String> ends) {}

    /** How to fail. */
    public record SorryInput(How how) {
        /** What a handler can do. */
        public enum How {
            THROW, SAY
        }
    }

    private final String id;
    private final OptionalInt slots;
    private final Map<JobId, Integer> starts = new ConcurrentHashMap<>();
    private final Queue<JobId> inOrder = new ConcurrentLinkedQueue<>();
    private final Queue<PluginContext> contexts = new ConcurrentLinkedQueue<>();
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

    /** What each worker that hosts it has given it, in the order of their starts. */
    public List<PluginContext> contexts() {
        return List.copyOf(contexts);
    }

    @Override
    public void start(PluginContext context) {
        contexts.add(context);
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
                JobType.named("last-words", NoInput.class).handledBy((_, context) -> sayLastWords(context)),
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
                JobType.named("steps", StepsInput.class, Steps.class).constantBackoff(Duration.ZERO)
                        .handledBy(RecordingPlugin::steps),
                JobType.named("opaque", NoInput.class).handledBy((_, context) -> {
                    context.checkpoint(new byte[]{1, 2, 3});
                    started(context);
                    gate.await();
                    return JobOutcome.succeeded();
                }),
                JobType.named("chatty", ProgressInput.class).handledBy((input, context) -> {
                    for (int line = 1; line <= input.reports(); line++) {
                        context.log(LogLevel.DEBUG, "line " + line, Map.of("number", Integer.toString(line)));
                    }
                    context.info("done");
                    return JobOutcome.succeeded();
                }),
                JobType.named("count", NoInput.class, Count.class).handledBy(RecordingPlugin::count),
                JobType.named("parent", ChildInput.class, ChildId.class).constantBackoff(Duration.ZERO)
                        .handledBy(RecordingPlugin::enqueue),
                JobType.named("batcher", ChildInput.class, ChildId.class).constantBackoff(Duration.ZERO)
                        .handledBy(RecordingPlugin::enqueueBatch),
                JobType.named("waiter", WaiterInput.class, Ends.class).maxAttempts(1)
                        .handledBy(RecordingPlugin::waitForOther),
                JobType.named("sorry", SorryInput.class).handledBy(new SorryHandler()),
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

    private JobOutcome<NoResult> sayLastWords(JobContext context) throws InterruptedException {
        started(context);
        try {
            gate.await();
            return JobOutcome.succeeded();
        } finally {
            context.info("last words");
            context.checkpoint(new byte[]{1});
            interrupted.put(new JobId(context.jobId()), context.isCancelled());
        }
    }

    /** Keeps a carrier of virtual threads for itself. */
    private JobOutcome<NoResult> spin(JobContext context) {
        started(context);
        while (gate.getCount() > 0) {
            Thread.onSpinWait();
        }
        return JobOutcome.succeeded();
    }

    /** Fails after each step but the last one; the next attempt goes on from there. */
    private static JobOutcome<Steps> steps(StepsInput input, JobContext context) {
        List<Integer> done = new ArrayList<>(
                context.lastCheckpoint(Steps.class).map(Steps::attempts).orElse(List.of()));
        done.add(context.attempt());
        for (int noise = 0; noise < 1_000; noise++) {
            context.checkpoint(new Steps(List.of(-noise)));
        }
        context.checkpoint(new Steps(done));
        return done.size() < input.steps() ? JobOutcome.failed("not done") : JobOutcome.succeeded(new Steps(done));
    }

    /** For one job at a time: the state has no transactions. */
    private static JobOutcome<Count> count(NoInput input, JobContext context) throws InterruptedException {
        Count next = new Count(context.state().get("count", Count.class).map(Count::value).orElse(0) + 1);
        context.state().put("count", next);
        return JobOutcome.succeeded(next);
    }

    private static JobOutcome<ChildId> enqueue(ChildInput input, JobContext context) throws InterruptedException {
        UUID child = context.enqueue(JobRequest.of(input.key(), "other:job", Map.of("text", "x".repeat(input.size())))
                .inLane(DefaultLane.LOW).runAt(Instant.parse("2030-01-01T00:00:00Z")));
        return input.fails() ? JobOutcome.failed("after enqueue") : JobOutcome.succeeded(new ChildId(child));
    }

    private static JobOutcome<ChildId> enqueueBatch(ChildInput input, JobContext context) throws InterruptedException {
        UUID batch = context.enqueueBatch(BatchRequest.of(input.key())
                .operation("other:job", Map.of("text", "x".repeat(input.size()))).concurrency(2).stopOnFailure());
        return input.fails() ? JobOutcome.failed("after enqueue") : JobOutcome.succeeded(new ChildId(batch));
    }

    private static JobOutcome<Ends> waitForOther(WaiterInput input, JobContext context) {
        return context.ended().isEmpty()
                ? JobOutcome.waitFor(List.of(input.job().orElse(context.jobId())))
                : JobOutcome.succeeded(new Ends(context.attempt(),
                        context.ended().stream().map(end -> end.ending() + " "
                                + end.result(Count.class).map(Count::value).orElse(0) + end.reason().orElse(""))
                                .toList()));
    }

    /** Says sorry by a line in the log, and breaks itself doing so if that is wanted. */
    private static final class SorryHandler implements JobHandler<SorryInput, NoResult> {

        @Override
        public JobOutcome<NoResult> run(SorryInput input, JobContext context) {
            if (input.how() == SorryInput.How.THROW) {
                throw new IllegalStateException("broken");
            }
            return JobOutcome.notRetryable("gone");
        }

        @Override
        public void onError(SorryInput input, AttemptFailure failure, JobContext context) {
            context.log(LogLevel.ERROR, "sorry",
                    Map.of("reason", failure.reason(), "thrown", failure.thrown().map(Throwable::getMessage).orElse(""),
                            "retried", Boolean.toString(failure.retried())));
            throw new IllegalStateException("worse");
        }
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
