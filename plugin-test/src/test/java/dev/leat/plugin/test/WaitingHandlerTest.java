package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A handler that waits for other jobs, without any. */
class WaitingHandlerTest {

    record Page(int words) {}

    record Report(int words, List<String> problems) {}

    private final JobHandlerTester build = tester(WaitingHandlerTest::build);

    @Test
    void shouldShowTheJobsThatAnAttemptWaitsFor() {
        TestedAttempt attempt = build.run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.WAITING);
        assertThat(attempt.awaited()).containsExactlyInAnyOrder(attempt.enqueuedId("left"),
                attempt.enqueuedId("right"));
    }

    @Test
    void shouldGiveTheNextAttemptTheEndsOfThoseJobs() {
        TestedAttempt first = build.run(new NoInput());

        TestedAttempt second = build.attempt(2).withEnded(first.enqueuedId("left"), new Page(7))
                .withEnded(first.enqueuedId("right"), EndedJob.Ending.FAILED, "no paper").run(new NoInput());

        assertThat(second.result(Report.class)).isEqualTo(new Report(7, List.of("FAILED no paper")));
    }

    @Test
    void shouldKnowJobsThatNobodyKnows() {
        assertThat(build.withEnded(new UUID(0, 9), EndedJob.Ending.UNKNOWN, "").run(new NoInput())
                .result(Report.class)).isEqualTo(new Report(0, List.of("UNKNOWN ")));
    }

    @Test
    void shouldFailForGoodWhereAJobWaitsForItself() {
        TestedAttempt attempt = tester((_, context) -> JobOutcome.waitFor(List.of(context.jobId())))
                .run(new NoInput());

        assertThat(attempt.end()).isEqualTo(AttemptEnd.FAILED);
        assertThat(attempt.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.reason()).contains("would wait for itself");
            assertThat(failure.retried()).isFalse();
        });
    }

    @Test
    void shouldSayWhatCameInsteadOfAWait() {
        assertThatThrownBy(() -> tester((_, _) -> JobOutcome.notRetryable("no")).run(new NoInput()).awaited())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "Expected a wait for other jobs from the handler of tested:job, but got Failed");
    }

    private static JobOutcome<Report> build(NoInput input, JobContext context) throws InterruptedException {
        if (context.ended().isEmpty()) {
            return JobOutcome.waitFor(List.of(
                    context.enqueue(JobRequest.of("left", "site:page", Map.of("side", "left"))),
                    context.enqueue(JobRequest.of("right", "site:page", Map.of("side", "right")))));
        }
        return JobOutcome.succeeded(new Report(
                context.ended().stream().mapToInt(job -> job.result(Page.class).map(Page::words).orElse(0)).sum(),
                context.ended().stream().filter(job -> job.ending() != EndedJob.Ending.COMPLETED)
                        .map(job -> job.ending() + " " + job.reason().orElse("")).toList()));
    }

    private static JobHandlerTester tester(JobHandler<NoInput, Report> handler) {
        return JobHandlerTester.of(JobType.named("job", NoInput.class, Report.class).handledBy(handler));
    }
}
