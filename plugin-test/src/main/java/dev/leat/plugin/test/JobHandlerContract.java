package dev.leat.plugin.test;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.worker.plugin.PluginJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What is expected of every handler, as tests for an author to inherit:
 *
 * <pre>{@code
 * class GreetContractTest extends JobHandlerContract {
 *
 *     @Override
 *     protected JobHandlerTester tester() {
 *         return JobHandlerTester.of(new GreetingsPlugin()).type("greet");
 *     }
 *
 *     @Override
 *     protected List<? extends Record> validInputs() {
 *         return List.of(new GreetInput(List.of("Ada"), Warmth.KIND, 0, Optional.empty()));
 *     }
 *
 *     @Override
 *     protected Optional<? extends Record> longInput() {
 *         return Optional.of(new GreetInput(List.of("Ada", "Grace"), Warmth.KIND, 10_000, Optional.empty()));
 *     }
 * }
 * }</pre>
 *
 * <p>The first valid input is the one that is used over and over; let it take milliseconds. A handler that cannot keep a
 * part of the contract, for a reason, overrides that test and says the reason in {@code @Disabled}.
 */
@Isolated("Looks at the threads of the whole JVM")
public abstract class JobHandlerContract {

    private static final int SIDE_BY_SIDE = 4;
    private static final Duration PATIENCE_WITH_EACH_OTHER = Duration.ofMillis(50);
    private static final Duration UNTIL_MID_RUN = Duration.ofMillis(200);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A tester of the job type. Each test asks once, and runs all of its attempts with one handler, as a worker does. */
    protected abstract JobHandlerTester tester();

    /** Inputs with which the handler ends by an outcome, whichever it is; at least one. */
    protected abstract List<? extends Record> validInputs();

    /**
     * Params that have to be refused, in JSON. None by default; what is tried in any case are fields too many, and each
     * field of the first valid input with a value of another type.
     */
    protected List<String> invalidInputs() {
        return List.of();
    }

    /**
     * An input that keeps the handler busy for seconds, for the tests that cancel it in the middle, after its first report
     * of progress or a fifth of a second. Empty by default, for handlers that are always quick; those tests are skipped
     * then.
     */
    protected Optional<? extends Record> longInput() {
        return Optional.empty();
    }

    /** How long the handler may take to end when it was told to stop. The 10 s of a worker by default. */
    protected Duration grace() {
        return Duration.ofSeconds(10);
    }

    /** How long an attempt may take with a valid input, where the timeout of the job type is longer. 30 s by default. */
    protected Duration limit() {
        return Duration.ofSeconds(30);
    }

    /**
     * Whether a thread of this name may live on when an attempt has ended: one of a pool that all attempts share, for
     * example. None may by default, except those that the first attempt starts.
     */
    protected boolean mayOutliveItsAttempt(String threadName) {
        return false;
    }

    @Test
    public void shouldBeAcceptedByAWorker() {
        try {
            var _ = tester();
        } catch (IllegalArgumentException e) {
            fail("Expected a job type that a worker accepts, but:%n%s".formatted(e.getMessage()), e);
        }
    }

    @Test
    public void shouldBeDescribed() {
        JobHandlerTester tester = tester();
        if (tester.description().isBlank()) {
            fail("Expected %s to say what its jobs do, but describedAs() is not called".formatted(tester.typeName()));
        }
        List<String> undescribed = InputSchema.of(tester.inputSchema()).undescribed();
        if (!undescribed.isEmpty()) {
            fail("Expected a @Description of each component of the input of %s, but there is none of %s"
                    .formatted(tester.typeName(), undescribed));
        }
    }

    @Test
    public void shouldEndByAnOutcome() {
        JobHandlerTester subject = subject();
        for (Record input : inputs()) {
            TestedAttempt attempt = subject.run(input);
            if (attempt.end() == AttemptEnd.TIMED_OUT) {
                fail("Expected the handler to end in time with %s, but it had to be stopped: %s".formatted(input,
                        attempt));
            }
            if (!attempt.hasReturned()) {
                fail("Expected the handler to return an outcome with %s, but got %s".formatted(input, attempt),
                        attempt.thrown().orElse(null));
            }
        }
    }

    @Test
    public void shouldGiveAResultAsItsSchemaSays() {
        JobHandlerTester subject = subject();
        for (Record input : inputs()) {
            TestedAttempt attempt = subject.run(input);
            if (attempt.hasReturned() && attempt.thrown().isPresent()) {
                fail("Expected a result that can be written as JSON with %s, but got %s".formatted(input, attempt),
                        attempt.thrown().orElseThrow());
            }
            if (attempt.end() == AttemptEnd.SUCCEEDED) {
                List<String> problems = subject.problemsOfResult(attempt.resultJson());
                if (!problems.isEmpty()) {
                    fail("Expected a result with %s as the schema of the result says, but got %s: %s".formatted(input,
                            attempt.resultJson(), problems));
                }
            }
        }
    }

    @Test
    public void shouldSayOnlyWhatItsContextTakes() {
        JobHandlerTester subject = subject();
        for (Record input : inputs()) {
            TestedAttempt attempt = subject.run(input);
            if (!attempt.said().refusals().isEmpty()) {
                fail("Expected progress, checkpoints and requests in their limits with %s, but: %s".formatted(input,
                        attempt.said().refusals()));
            }
        }
    }

    @Test
    public void shouldLogLinesThatAreKept() {
        JobHandlerTester subject = subject();
        for (Record input : inputs()) {
            List<String> problems = LogCheck.problems(subject.run(input));
            if (!problems.isEmpty()) {
                fail("Expected lines that the job's log keeps as they are with %s, but %s".formatted(input, problems));
            }
        }
    }

    @Test
    public void shouldEnqueueEachJobOnce() {
        EnqueueCheck check = new EnqueueCheck(subject());
        for (Record input : inputs()) {
            List<String> problems = check.problems(input);
            if (!problems.isEmpty()) {
                fail("Expected jobs that are enqueued once and can run with %s, but %s".formatted(input, problems));
            }
        }
    }

    @Test
    public void shouldResumeFromEachCheckpoint() {
        ResumeCheck check = new ResumeCheck(subject());
        for (Record input : inputs()) {
            check.problem(input).ifPresent(
                    problem -> fail("Expected an attempt that goes on from a checkpoint to end well, but " + problem));
        }
    }

    @Test
    public void shouldRefuseInvalidInput() {
        JobHandlerTester subject = subject();
        Stream.concat(invalidInputs().stream(), WrongInputs.of(PluginJson.write(inputs().getFirst()).value()).stream())
                .forEach(params -> assertRefused(subject, params));
    }

    private static void assertRefused(JobHandlerTester subject, String params) {
        try {
            TestedAttempt attempt = subject.runJson(params);
            fail("Expected params to be refused, but a job ran with %s: %s".formatted(params, attempt));
        } catch (InvalidInputException _) {
            // As it should be.
        }
    }

    @Test
    public void shouldLeaveItsThreadUninterrupted() {
        JobHandlerTester subject = subject();
        for (Record input : inputs()) {
            TestedAttempt attempt = subject.run(input);
            if (attempt.leftInterrupted()) {
                fail("Expected nobody to interrupt an attempt that nobody stops, but the handler did with %s: %s"
                        .formatted(input, attempt));
            }
        }
    }

    @Test
    public void shouldStopWhenCancelledInMidRun() {
        Record input = longInputOrSkip();
        assertCancelled(cancelledInMidRun(subject(), input));
    }

    @Test
    public void shouldStopWhenCancelledAtOnce() {
        TestedAttempt attempt = subject().cancelAtOnce().run(longestInput());
        if (longInput().isPresent()) {
            assertCancelled(attempt);
        }
    }

    private static void assertCancelled(TestedAttempt attempt) {
        if (attempt.end() != AttemptEnd.CANCELLED) {
            fail("Expected a cancelled attempt to end as cancelled or by an exception, but got " + attempt);
        }
    }

    @Test
    public void shouldLeaveNoThreadBehind() {
        JobHandlerTester subject = subject();
        assertNoThreadIsLeftBy(() -> subject.run(inputs().getFirst()));
    }

    @Test
    public void shouldLeaveNoThreadBehindWhenCancelled() {
        Record input = longInputOrSkip();
        JobHandlerTester subject = subject();
        assertNoThreadIsLeftBy(() -> cancelledInMidRun(subject, input));
    }

    private void assertNoThreadIsLeftBy(Supplier<TestedAttempt> attempts) {
        // What attempts share may start its threads in the first one.
        var _ = attempts.get();
        try (StartedThreads started = StartedThreads.sinceNow()) {
            TestedAttempt attempt = attempts.get();
            long deadline = System.nanoTime() + grace().toNanos();
            List<String> left = leftBehind(started);
            while (!left.isEmpty() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_LOOKS);
                left = leftBehind(started);
            }
            if (!left.isEmpty()) {
                fail("Expected the threads of an attempt to end with it, but %s live on after %s".formatted(left,
                        attempt));
            }
        }
    }

    private List<String> leftBehind(StartedThreads started) {
        return started.alive().stream().filter(Predicate.not(this::mayOutliveItsAttempt))
                .map(name -> "'" + name + "'").toList();
    }

    @Test
    public void shouldRunSideBySideAsAlone() {
        Record input = inputs().getFirst();
        JobHandlerTester subject = subject();
        TestedAttempt alone = subject.run(input);
        // As another job, for a result that holds the job's id is another one for each.
        TestedAttempt ofAnotherJob = subject.jobId(new UUID(0, SIDE_BY_SIDE + 1)).run(input);
        Optional<String> steadyResult = alone.steadyResult(ofAnotherJob);
        Rendezvous rendezvous = Rendezvous.of(SIDE_BY_SIDE, PATIENCE_WITH_EACH_OTHER);
        List<StartedAttempt> together = LongStream.rangeClosed(1, SIDE_BY_SIDE)
                .mapToObj(job -> subject.jobId(new UUID(0, job)).meeting(rendezvous).start(input)).toList();
        for (StartedAttempt started : together) {
            TestedAttempt attempt = started.await();
            if (attempt.end() != alone.end()
                    || steadyResult.filter(result -> !result.equals(attempt.resultJson())).isPresent()) {
                fail("Expected attempts side by side to end like one alone, which was %s, but got %s".formatted(alone,
                        attempt), attempt.thrown().orElse(null));
            }
        }
    }

    @Test
    public void shouldStartOverAfterACancelledAttempt() {
        Record input = inputs().getFirst();
        JobHandlerTester subject = subject();
        TestedAttempt alone = subject.run(input);
        var _ = longInput().isPresent()
                ? cancelledInMidRun(subject, longestInput())
                : subject.cancelAtOnce().run(input);
        TestedAttempt again = subject.attempt(2).run(input);
        if (again.end() != alone.end()) {
            fail("Expected the attempt after a cancelled one to end like one without, which was %s, but got %s"
                    .formatted(alone, again), again.thrown().orElse(null));
        }
    }

    private static TestedAttempt cancelledInMidRun(JobHandlerTester subject, Record input) {
        StartedAttempt attempt = subject.start(input);
        var _ = attempt.hasReported(1, UNTIL_MID_RUN);
        if (attempt.hasEnded()) {
            fail("Expected longInput() to keep the handler busy until it is cancelled, but got " + attempt.await());
        }
        attempt.cancel();
        return attempt.await();
    }

    private JobHandlerTester subject() {
        return tester().grace(grace()).noLongerThan(limit());
    }

    private List<? extends Record> inputs() {
        List<? extends Record> inputs = validInputs();
        return inputs.isEmpty() ? fail("Expected validInputs() to give at least one input, but there is none") : inputs;
    }

    private Record longestInput() {
        Optional<? extends Record> input = longInput();
        return input.isPresent() ? input.get() : inputs().getFirst();
    }

    private Record longInputOrSkip() {
        assumeTrue(longInput().isPresent(), "There is no longInput()");
        return longestInput();
    }
}
