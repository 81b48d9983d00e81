package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** When a handler hears that its attempt has failed, and what of it counts. */
class OnErrorTest {

    private final IllegalStateException bug = new IllegalStateException("bug");

    /** Logs on which thread and with which reason it was told. */
    private record Listening(JobHandler<NoInput, String> work) implements JobHandler<NoInput, String> {

        @Override
        public JobOutcome<String> run(NoInput input, JobContext context) throws Exception {
            context.info("runs on " + Thread.currentThread().threadId());
            return work.run(input, context);
        }

        @Override
        public void onError(NoInput input, AttemptFailure failure, JobContext context) {
            context.info("told on " + Thread.currentThread().threadId());
            context.error(failure.reason());
        }
    }

    @Test
    void shouldTellWhatWasThrownOnTheSameThread() {
        TestedAttempt attempt = tester((_, _) -> {
            throw bug;
        }).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.FAILED);
        assertThat(attempt.failure()).contains(
                new AttemptFailure("java.lang.IllegalStateException: bug", Optional.of(bug), true));
        assertThat(attempt.log()).hasSize(3).last().extracting(LogEntry::message)
                .isEqualTo("java.lang.IllegalStateException: bug");
        assertThat(attempt.log().get(1).message().replace("told", "runs"))
                .isEqualTo(attempt.log().getFirst().message());
    }

    @Test
    void shouldTellWhatTheHandlerItselfSaid() {
        TestedAttempt attempt = tester((_, _) -> JobOutcome.retryAfter(Duration.ofSeconds(5), "busy"))
                .run(new NoInput());

        assertThat(attempt.failure()).contains(new AttemptFailure("busy", Optional.empty(), true));
        assertThat(attempt.outcome()).isEqualTo(JobOutcome.retryAfter(Duration.ofSeconds(5), "busy"));
    }

    @Test
    void shouldTellThatTheJobIsNotTriedAgain() {
        assertThat(tester((_, _) -> JobOutcome.failed("no")).attempt(2).run(new NoInput()).failure()).get()
                .extracting(AttemptFailure::retried).isEqualTo(true);
        assertThat(tester((_, _) -> JobOutcome.failed("no")).attempt(3).run(new NoInput()).failure()).get()
                .extracting(AttemptFailure::retried).as("its last try").isEqualTo(false);
        assertThat(tester((_, _) -> JobOutcome.notRetryable("no")).run(new NoInput()).failure()).get()
                .extracting(AttemptFailure::retried).as("not retryable").isEqualTo(false);
    }

    @Test
    void shouldTellOfACancellationThatNobodyAskedFor() {
        assertThat(tester((_, _) -> JobOutcome.cancelled()).run(new NoInput()).failure()).get()
                .extracting(AttemptFailure::reason).asString().contains("nobody had cancelled it");
    }

    @Test
    void shouldNotTellWhereTheAttemptWasToldToStop() {
        assertNotTold(tester((_, _) -> waitForever()).cancelAtOnce().run(new NoInput()), AttemptEnd.CANCELLED);
        assertNotTold(tester((_, _) -> waitForever()).timeout(Duration.ofMillis(50)).run(new NoInput()),
                AttemptEnd.TIMED_OUT);
        assertNotTold(tester((_, _) -> JobOutcome.failed("no")).cancelAtOnce().run(new NoInput()),
                AttemptEnd.FAILED);
    }

    @Test
    void shouldNotTellWhereNothingFailed() {
        assertNotTold(tester((_, _) -> JobOutcome.succeeded("")).run(new NoInput()), AttemptEnd.SUCCEEDED);
        assertNotTold(tester((_, _) -> JobOutcome.snooze(Duration.ofSeconds(1))).run(new NoInput()),
                AttemptEnd.SNOOZED);
    }

    private static void assertNotTold(TestedAttempt attempt, AttemptEnd end) {
        assertThat(attempt.end()).isEqualTo(end);
        assertThat(attempt.failure()).isEmpty();
        assertThat(attempt.log()).hasSize(1);
    }

    @Test
    void shouldShowWhatOnErrorThrowsAndEndAsBefore() {
        JobHandler<NoInput, String> handler = new JobHandler<>() {
            @Override
            public JobOutcome<String> run(NoInput input, JobContext context) {
                return JobOutcome.failed("no");
            }

            @Override
            public void onError(NoInput input, AttemptFailure failure, JobContext context) {
                throw bug;
            }
        };

        TestedAttempt attempt = of(handler).run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.FAILED);
        assertThat(attempt.outcome()).isEqualTo(JobOutcome.failed("no"));
        assertThat(attempt.thrown()).isEmpty();
        assertThat(attempt.thrownByOnError()).containsSame(bug);
    }

    private static JobOutcome<String> waitForever() throws InterruptedException {
        new CountDownLatch(1).await();
        return JobOutcome.succeeded("never");
    }

    private static JobHandlerTester tester(JobHandler<NoInput, String> work) {
        return of(new Listening(work));
    }

    private static JobHandlerTester of(JobHandler<NoInput, String> handler) {
        return JobHandlerTester.of(JobType.named("job", NoInput.class, String.class).maxAttempts(3).handledBy(handler));
    }
}
