package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.test.GreetingsPlugin.GreetInput;
import dev.leat.plugin.test.GreetingsPlugin.GreetResult;
import dev.leat.plugin.test.GreetingsPlugin.Warmth;
import dev.leat.plugin.test.InvalidInputException.Problem;
import jakarta.validation.constraints.Max;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class JobHandlerTesterTest {

    private static final Duration MOMENT = Duration.ofMillis(50);

    private final JobHandlerTester greet = JobHandlerTester.of(new GreetingsPlugin()).type("greet");

    @Test
    void shouldRunAHandlerFromParamsToResult() {
        TestedAttempt attempt = greet.runJson("""
                {"names": ["Ada", "Grace"], "warmth": "COOL"}""");

        assertThat(attempt.end()).isEqualTo(AttemptEnd.SUCCEEDED);
        assertThat(attempt.result(GreetResult.class).greetings()).containsExactly("Hello Ada", "Hello Grace");
        assertThat(attempt.resultJson()).isEqualTo("{\"greetings\":[\"Hello Ada\",\"Hello Grace\"]}");
        assertThat(attempt.progress()).containsExactly(new ProgressReport(0, "greeting Ada"),
                new ProgressReport(50, "greeting Grace"));
    }

    @Test
    void shouldRunAHandlerWithARecord() {
        TestedAttempt attempt = greet.run(new GreetInput(List.of("Ada"), Warmth.COOL, 0, Optional.of("Alan")));

        assertThat(attempt.outcome()).isEqualTo(JobOutcome.succeeded(new GreetResult(List.of("Hello Ada"))));
    }

    @Test
    void shouldCompleteParamsByTheirDefaults() {
        assertThat(greet.runJson("{\"names\": [\"Ada\"]}").result(GreetResult.class).greetings())
                .containsExactly("Dear Ada");
    }

    @Test
    void shouldRefuseParamsInTheWordsOfAWorker() {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> greet.runJson("""
                {"names": ["Ada", " "], "pauseMillis": 10001}"""));

        assertThat(refused.problems()).contains(
                new Problem("/pauseMillis", "Expected at most 10000, but got 10001"));
        assertThat(refused.problems()).extracting(Problem::pointer).containsExactlyInAnyOrder("/names/1",
                "/pauseMillis");
        assertThat(refused).hasMessageStartingWith("Expected params that fit greetings:greet, but: ");
    }

    @Test
    void shouldRefuseARecordThatNoSubmissionCouldMake() {
        GreetInput nobody = new GreetInput(List.of(), Warmth.KIND, 0, Optional.empty());

        assertThatThrownBy(() -> greet.run(nobody)).isInstanceOfSatisfying(InvalidInputException.class,
                refused -> assertThat(refused.problems()).extracting(Problem::pointer).containsExactly("/names"));
    }

    @Test
    void shouldTellTheJobAndTheAttempt() {
        UUID id = UUID.fromString("0199f000-0000-7000-8000-000000000001");
        SettableClock clock = SettableClock.at(Instant.parse("2026-06-01T12:00:00Z"));

        TestedAttempt attempt = tester((_, context) -> JobOutcome.succeeded(
                "%s %d %s".formatted(context.jobId(), context.attempt(), context.clock().instant())))
                .jobId(id).attempt(3).clock(clock).run(new NoInput());

        assertThat(attempt.result(String.class)).isEqualTo(id + " 3 2026-06-01T12:00:00Z");
    }

    @Test
    void shouldRunOnAVirtualThread() {
        assertThat(tester((_, _) -> JobOutcome.succeeded(String.valueOf(Thread.currentThread().isVirtual())))
                .run(new NoInput()).result(String.class)).isEqualTo("true");
    }

    @Test
    void shouldTellWhatTheHandlerSaidOfItsFailure() {
        TestedAttempt attempt = tester((_, _) -> JobOutcome.notRetryable("no such account")).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.FAILED);
        assertThat(attempt.outcome()).isEqualTo(JobOutcome.notRetryable("no such account"));
        assertThatThrownBy(() -> attempt.result(String.class)).isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("Expected success with a result of java.lang.String", "no such account");
        assertThatThrownBy(attempt::resultJson).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldTellWhatTheHandlerThrew() {
        IllegalStateException bug = new IllegalStateException("bug");

        TestedAttempt attempt = tester((_, _) -> {
            throw bug;
        }).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.FAILED);
        assertThat(attempt.thrown()).containsSame(bug);
        assertThatThrownBy(attempt::outcome).isInstanceOf(AssertionError.class).hasCause(bug);
    }

    @Test
    void shouldTakeItForAFailureThatAHandlerSaysItWasCancelledAndNobodyDid() {
        assertThat(tester((_, _) -> JobOutcome.cancelled()).run(new NoInput()).end()).isEqualTo(AttemptEnd.FAILED);
    }

    @Test
    void shouldTakeASnoozeForOne() {
        assertThat(tester((_, _) -> JobOutcome.snooze(MOMENT)).run(new NoInput()).end()).isEqualTo(AttemptEnd.SNOOZED);
    }

    @Test
    void shouldTakeAResultThatCannotBeWrittenForAFailure() {
        JobType<NoInput, Object> type = JobType.named("wrong", NoInput.class, Object.class)
                .handledBy((_, _) -> JobOutcome.succeeded(Thread.currentThread()));

        TestedAttempt attempt = JobHandlerTester.of(type).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.FAILED);
        assertThat(attempt.thrown()).get().asInstanceOf(
                THROWABLE)
                .hasMessageStartingWith("Expected a result of tested:wrong that can be written as JSON");
    }

    @Test
    void shouldCancelInAReportOfProgress() {
        TestedAttempt attempt = tester((_, context) -> {
            for (int step = 1; step <= 10; step++) {
                context.throwIfCancelled();
                context.progress(step, 10, "");
            }
            return JobOutcome.succeeded("all of it");
        }).cancelAfterProgress(3).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.CANCELLED);
        assertThat(attempt.progress()).hasSize(3);
        assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
    }

    @Test
    void shouldInterruptAHandlerThatIsCancelled() {
        TestedAttempt attempt = tester(JobHandlerTesterTest::waitForever).cancelAfter(MOMENT).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.CANCELLED);
        assertThat(attempt.thrown()).containsInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldInterruptAHandlerWhoseJobWasCancelledBeforeItsFirstStep() {
        TestedAttempt attempt = tester((_, context) -> JobOutcome.succeeded(
                "%s %s".formatted(context.isCancelled(), Thread.currentThread().isInterrupted())))
                .cancelAtOnce().run(new NoInput());

        assertThat(attempt.end()).as("what it says counts").isEqualTo(AttemptEnd.SUCCEEDED);
        assertThat(attempt.result(String.class)).isEqualTo("true true");
    }

    @Test
    void shouldTellTheContextAloneWhereAskedTo() {
        TestedAttempt attempt = tester((_, context) -> {
            context.progress(10, "");
            return JobOutcome.succeeded(
                    "%s %s".formatted(context.isCancelled(), Thread.currentThread().isInterrupted()));
        }).cancelAfterProgress(1).withoutInterrupt().run(new NoInput());

        assertThat(attempt.result(String.class)).isEqualTo("true false");
    }

    @Test
    void shouldStopAtTheTimeoutOfTheJobType() {
        JobType<NoInput, String> type = JobType.named("slow", NoInput.class, String.class).timeout(MOMENT)
                .handledBy(JobHandlerTesterTest::waitForever);

        assertThat(JobHandlerTester.of(type).run(new NoInput()).end()).isEqualTo(AttemptEnd.TIMED_OUT);
    }

    @Test
    void shouldStopAtAnotherTimeoutWhereAskedTo() {
        assertThat(tester(JobHandlerTesterTest::waitForever).timeout(MOMENT).cancelAfter(Duration.ofHours(1))
                .run(new NoInput()).end()).isEqualTo(AttemptEnd.TIMED_OUT);
    }

    @Test
    void shouldShowWhereAHandlerIsThatDoesNotStop() {
        CountDownLatch released = new CountDownLatch(1);
        JobHandlerTester stubborn = tester((_, _) -> {
            while (released.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                var _ = Thread.interrupted();
            }
            return JobOutcome.succeeded("at last");
        }).grace(MOMENT).cancelAtOnce();

        assertThatThrownBy(() -> stubborn.run(new NoInput())).isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "Expected the handler of tested:job to end within PT0.05S after it was told to stop, but it still runs",
                        "at " + JobHandlerTesterTest.class.getName());
        released.countDown();
    }

    @Test
    void shouldBeCancelledByATestThatWatchesIt() {
        StartedAttempt started = greet.start(
                new GreetInput(List.of("Ada", "Grace"), Warmth.KIND, 10_000, Optional.empty()));

        started.awaitProgress(1);
        assertThat(started.hasEnded()).isFalse();
        started.cancel();

        assertThat(started.await().end()).isEqualTo(AttemptEnd.CANCELLED);
        assertThat(started.progress()).containsExactly(new ProgressReport(0, "greeting Ada"));
    }

    @Test
    void shouldNotWaitForProgressThatNeverComes() {
        StartedAttempt started = tester((_, _) -> JobOutcome.succeeded("quiet")).start(new NoInput());

        assertThatThrownBy(() -> started.awaitProgress(1)).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected 1 reports of progress from tested:job, but there were 0; it ended");
    }

    @Test
    void shouldRefuseProgressOutOfItsRange() {
        assertThat(tester((_, context) -> {
            context.progress(101, "");
            return JobOutcome.succeeded("never");
        }).run(new NoInput()).thrown()).get().isInstanceOf(IllegalArgumentException.class)
                .hasToString(
                        "java.lang.IllegalArgumentException: Expected progress from 0 to 100 percent, but got 101");
    }

    @Test
    void shouldCutLongMessagesAsAWorkerDoes() {
        TestedAttempt attempt = tester((_, context) -> {
            context.progress(0, "x".repeat(501));
            return JobOutcome.succeeded("");
        }).run(new NoInput());

        assertThat(attempt.progress()).containsExactly(new ProgressReport(0, "x".repeat(500)));
    }

    @Test
    void shouldDropProgressAfterTheEnd() {
        CompletableFuture<JobContext> kept = new CompletableFuture<>();
        TestedAttempt attempt = tester((_, context) -> {
            kept.complete(context);
            return JobOutcome.succeeded("");
        }).cancelAfterProgress(1).run(new NoInput());

        kept.join().progress(100, "too late");

        assertThat(attempt.progress()).isEmpty();
        assertThat(kept.join().isCancelled()).isFalse();
    }

    @Test
    void shouldStartThePluginAndStopIt() {
        GreetingsPlugin plugin = new GreetingsPlugin();

        try (PluginTester tester = JobHandlerTester.of(plugin)) {
            assertThat(plugin.isStarted()).isTrue();
            assertThatIllegalArgumentException().isThrownBy(() -> tester.type("greeet"))
                    .withMessage("Expected plugin 'greetings' to have the job type 'greeet', but it has [greet]");
        }

        assertThat(plugin.isStarted()).isFalse();
    }

    record WrongDefault(@DefaultValue("5") @Max(4) int number) {}

    @Test
    void shouldNameWhatAWorkerWouldRefuse() {
        JobType<WrongDefault, String> type = JobType.named("wrong", WrongDefault.class, String.class)
                .handledBy((_, _) -> JobOutcome.succeeded(""));

        assertThatIllegalArgumentException().isThrownBy(() -> JobHandlerTester.of(type)).withMessageContainingAll(
                "tested:wrong: Expected defaults that meet the constraints", "WrongDefault.number");
    }

    @Test
    void shouldRefuseSettingsWithoutMeaning() {
        assertThatIllegalArgumentException().isThrownBy(() -> greet.attempt(0))
                .withMessage("Expected an attempt from 1 on, but got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> greet.timeout(Duration.ZERO))
                .withMessage("Expected a timeout above 0, but got PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> greet.cancelAfterProgress(0));
        assertThatIllegalArgumentException().isThrownBy(() -> greet.cancelAfter(Duration.ofMillis(-1)));
    }

    @Test
    void shouldShowTheSchemasThatAreForEverybody() {
        assertThat(greet.inputSchema()).contains("\"description\":\"Whom to greet, in this order.\"");
        assertThat(greet.resultSchema()).contains("\"greetings\"");
        assertThat(greet.typeName()).isEqualTo("greetings:greet");
    }

    private static JobOutcome<String> waitForever(NoInput input, JobContext context) throws InterruptedException {
        new CountDownLatch(1).await();
        return JobOutcome.succeeded("never");
    }

    private static JobHandlerTester tester(JobHandler<NoInput, String> handler) {
        return JobHandlerTester.of(JobType.named("job", NoInput.class, String.class).handledBy(handler));
    }
}
