package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.domain.JobId;
import dev.leat.domain.batch.BatchId;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Batches that a handler asks for, without any. */
class EnqueuedBatchesTest {

    private static final UUID JOB = new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_0001L);

    @Test
    void shouldShowTheBatchOfEachKeyOnce() {
        BatchRequest pages = BatchRequest.of("pages").operation("site:page", Map.of("number", 1));
        TestedAttempt attempt = tester((_, context) -> JobOutcome.succeeded(
                context.enqueueBatch(pages) + " " + context.enqueueBatch(pages.stopOnFailure()))).run(new NoInput());

        UUID expected = BatchId.ofJob(new JobId(JOB), "pages").value();
        assertThat(attempt.enqueuedBatches()).containsExactly(pages);
        assertThat(attempt.enqueuedBatchId("pages")).isEqualTo(expected);
        assertThat(attempt.result(String.class)).isEqualTo(expected + " " + expected);
        assertThat(attempt.enqueued()).isEmpty();
        assertThatThrownBy(() -> attempt.enqueuedBatchId("images")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected tested:job to ask for a batch with the key 'images'");
    }

    @Test
    void shouldRefuseABatchAsAWorkerDoes() {
        assertThat(tester((_, context) -> JobOutcome.succeeded(context.enqueueBatch(BatchRequest.of("none")) + ""))
                .run(new NoInput()).thrown()).get().isInstanceOf(IllegalArgumentException.class)
                .hasToString("java.lang.IllegalArgumentException: Expected at least one operation of "
                        + "BatchRequest[0 operations, key none], but there is none");
        assertThat(tester((_, context) -> JobOutcome.succeeded(context.enqueueBatch(BatchRequest.of("large")
                .operation("site:page", Map.of("text", "x".repeat(900_000)))) + "")).run(new NoInput()).thrown())
                .get().isInstanceOf(IllegalArgumentException.class);
    }

    private static JobHandlerTester tester(JobHandler<NoInput, String> handler) {
        return JobHandlerTester.of(JobType.named("job", NoInput.class, String.class).handledBy(handler));
    }
}
