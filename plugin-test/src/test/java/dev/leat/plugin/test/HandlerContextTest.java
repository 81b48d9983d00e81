package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.domain.JobId;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.JobType;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.NoInput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What handlers leave, log and ask for. */
class HandlerContextTest {

    private static final UUID JOB = UUID.fromString("0199f000-0000-7000-8000-000000000001");

    record Cursor(int page, Optional<Instant> seen) {}

    record Other(List<String> page) {}

    @Test
    void shouldShowAllCheckpointsAndTheLastOne() {
        TestedAttempt attempt = run((_, context) -> {
            context.checkpoint(new byte[]{1});
            context.checkpoint(new Cursor(2, Optional.empty()));
            return JobOutcome.succeeded("");
        });

        assertThat(attempt.checkpoints()).hasSize(2).first().isEqualTo(new byte[]{1});
        assertThat(attempt.lastCheckpoint()).get().isEqualTo("{\"page\":2}".getBytes(StandardCharsets.UTF_8));
        assertThat(attempt.lastCheckpoint(Cursor.class)).contains(new Cursor(2, Optional.empty()));
        assertThatThrownBy(() -> attempt.lastCheckpoint(Other.class)).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "Expected the checkpoint of tested:job to be of Other. Expected the JSON of a Other");
    }

    @Test
    void shouldCopyCheckpoints() {
        byte[] reused = {1};
        TestedAttempt attempt = run((_, context) -> {
            context.checkpoint(reused);
            reused[0] = 2;
            return JobOutcome.succeeded("");
        });

        attempt.checkpoints().getFirst()[0] = 3;

        assertThat(attempt.checkpoints()).containsExactly(new byte[]{1});
    }

    @Test
    void shouldGiveTheNextAttemptWhatTheOneBeforeHasLeft() {
        JobHandler<NoInput, String> handler = (_, context) -> {
            int page = context.lastCheckpoint(Cursor.class).map(Cursor::page).orElse(0);
            if (page == 2) {
                return JobOutcome.succeeded("all pages");
            }
            context.checkpoint(new Cursor(page + 1, Optional.of(Instant.EPOCH)));
            return JobOutcome.failed("page " + page);
        };
        TestedAttempt first = run(handler);

        TestedAttempt second = tester(handler).attempt(2).withLastCheckpoint(first.lastCheckpoint().orElseThrow())
                .run(new NoInput());
        TestedAttempt third = tester(handler).attempt(3)
                .withLastCheckpoint(second.lastCheckpoint(Cursor.class).orElseThrow()).run(new NoInput());

        assertThat(third.result(String.class)).isEqualTo("all pages");
        assertThat(third.checkpoints()).isEmpty();
        assertThat(third.lastCheckpoint(Cursor.class)).as("stays where none takes its place")
                .contains(new Cursor(2, Optional.of(Instant.EPOCH)));
    }

    @Test
    void shouldShowTheSameCheckpointThroughoutTheAttempt() {
        TestedAttempt attempt = tester((_, context) -> {
            context.checkpoint(new byte[]{2});
            return JobOutcome.succeeded(String.valueOf(context.lastCheckpoint().orElseThrow()[0]));
        }).withLastCheckpoint(new byte[]{1}).run(new NoInput());

        assertThat(attempt.result(String.class)).isEqualTo("1");
    }

    @Test
    void shouldSayInTheLogThatACheckpointOfAnotherFormIsNotTaken() {
        TestedAttempt attempt = tester((_, context) -> JobOutcome.succeeded(
                String.valueOf(context.lastCheckpoint(Cursor.class).isPresent())))
                .withLastCheckpoint("no JSON".getBytes(StandardCharsets.UTF_8)).run(new NoInput());

        assertThat(attempt.result(String.class)).isEqualTo("false");
        assertThat(attempt.log()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(LogLevel.WARN);
            assertThat(line.message()).startsWith("Starts over without the checkpoint of an earlier attempt.");
        });
    }

    @Test
    void shouldRefuseACheckpointThatIsTooLarge() {
        TestedAttempt attempt = run((_, context) -> {
            context.checkpoint(new byte[JobContext.MAX_CHECKPOINT_BYTES]);
            context.checkpoint(new byte[JobContext.MAX_CHECKPOINT_BYTES + 1]);
            return JobOutcome.succeeded("");
        });

        assertThat(attempt.checkpoints()).hasSize(1);
        assertThat(attempt.thrown()).get().isInstanceOf(IllegalArgumentException.class).hasToString(
                "java.lang.IllegalArgumentException: Expected a checkpoint of at most 65536 bytes, but got 65537");
        assertThatIllegalArgumentException().isThrownBy(
                () -> tester((_, _) -> JobOutcome.succeeded("")).withLastCheckpoint(new byte[65537]));
    }

    @Test
    void shouldKeepLinesOfTheLogAsAJobDoes() {
        Map<String, String> fields = new HashMap<>();
        for (char name = 'a'; name < 'a' + 21; name++) {
            fields.put(String.valueOf(name), "x".repeat(201));
        }
        TestedAttempt attempt = run((_, context) -> {
            context.info("begins");
            context.log(LogLevel.ERROR, "y".repeat(2001), fields);
            return JobOutcome.succeeded("");
        });

        assertThat(attempt.log()).first().isEqualTo(new LogEntry(LogLevel.INFO, "begins", Map.of()));
        LogEntry cut = attempt.log().getLast();
        assertThat(cut.level()).isEqualTo(LogLevel.ERROR);
        assertThat(cut.message()).hasSize(2000);
        assertThat(cut.fields()).hasSize(20).doesNotContainKey("u");
        assertThat(cut.fields().get("a")).hasSize(200);
    }

    @Test
    void shouldShowFurtherJobsUnderTheIdsThatAWorkerDerives() {
        TestedAttempt attempt = tester((_, context) -> JobOutcome.succeeded(
                context.enqueue(JobRequest.of("a", "mail:send", Map.of("to", "Ada"))).toString()))
                .jobId(JOB).run(new NoInput());

        assertThat(attempt.enqueued()).singleElement().satisfies(request -> {
            assertThat(request.type()).isEqualTo("mail:send");
            assertThat(request.params()).isEqualTo(Map.of("to", "Ada"));
        });
        assertThat(attempt.enqueuedId("a")).isEqualTo(new JobId(JOB).child("a").value())
                .hasToString(attempt.result(String.class));
        assertThatThrownBy(() -> attempt.enqueuedId("b")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("[JobRequest[mail:send, key a]]");
    }

    @Test
    void shouldShowAJobOnceThatIsAskedForTwice() {
        TestedAttempt attempt = run((_, context) -> JobOutcome.succeeded(
                context.enqueue(JobRequest.of("a", "mail:send", Map.of("to", "Ada")))
                        .equals(context.enqueue(JobRequest.of("a", "mail:send", Map.of("to", "Grace")))) + ""));

        assertThat(attempt.result(String.class)).isEqualTo("true");
        assertThat(attempt.enqueued()).singleElement().extracting(JobRequest::params)
                .isEqualTo(Map.of("to", "Ada"));
    }

    @Test
    void shouldRefuseParamsThatNoRecordCanHold() {
        assertThat(run((_, context) -> JobOutcome.succeeded(
                context.enqueue(JobRequest.of("a", "mail:send", Map.of("to", "x".repeat(900_000)))).toString()))
                .thrown()).get().isInstanceOf(IllegalArgumentException.class);
        assertThat(run((_, context) -> JobOutcome.succeeded(
                context.enqueue(JobRequest.of("a", "mail:send", Map.of("to", Thread.currentThread()))).toString()))
                .thrown()).get().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotWaitForKafkaOnAThreadThatIsInterrupted() {
        TestedAttempt attempt = tester((_, context) -> JobOutcome.succeeded(
                context.enqueue(JobRequest.of("a", "mail:send", Map.of())).toString()))
                .cancelAtOnce().run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.CANCELLED);
        assertThat(attempt.thrown()).containsInstanceOf(InterruptedException.class);
        assertThat(attempt.enqueued()).isEmpty();
    }

    @Test
    void shouldDropWhatIsSaidAfterTheEnd() {
        CompletableFuture<JobContext> kept = new CompletableFuture<>();
        StartedAttempt started = tester((_, context) -> {
            kept.complete(context);
            return JobOutcome.succeeded("");
        }).start(new NoInput());
        TestedAttempt attempt = started.await();

        kept.join().info("too late");
        kept.join().checkpoint(new byte[]{1});
        kept.join().progress(1, "too late");

        assertThat(attempt.log()).isEmpty();
        assertThat(attempt.checkpoints()).isEmpty();
        assertThat(started.progress()).isEmpty();
    }

    @Test
    void shouldShareStateAmongTheAttemptsOfATester() {
        JobHandlerTester tester = tester((_, context) -> {
            int runs = context.state().get("cursor", Cursor.class).map(Cursor::page).orElse(0);
            context.state().put("cursor", new Cursor(runs + 1, Optional.empty()));
            return JobOutcome.succeeded("run " + runs);
        });

        assertThat(List.of(tester.run(new NoInput()).result(String.class),
                tester.attempt(2).run(new NoInput()).result(String.class),
                tester.withState(new InMemoryPluginState()).run(new NoInput()).result(String.class)))
                .containsExactly("run 0", "run 1", "run 0");
    }

    private static TestedAttempt run(JobHandler<NoInput, String> handler) {
        return tester(handler).run(new NoInput());
    }

    private static JobHandlerTester tester(JobHandler<NoInput, String> handler) {
        return JobHandlerTester.of(JobType.named("job", NoInput.class, String.class).handledBy(handler));
    }
}
