package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.Backoff;
import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.worker.run.ClaimedAttempt.Rules;
import dev.leat.worker.plugin.BoundJob;
import dev.leat.worker.plugin.RecordJson;
import dev.leat.worker.slot.SlotPool;

class OutcomeFactsTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(4);
    private static final JobPolicy POLICY = new JobPolicy(3, Backoff.constant(WAIT), Duration.ofMinutes(1),
            Duration.ZERO);

    private final OutcomeFacts facts = new OutcomeFacts(10);
    private final ClaimedAttempt first = attempt(0);
    private final ClaimedAttempt last = attempt(2);

    @ParameterizedTest
    @EnumSource(value = StopReason.class, mode = EnumSource.Mode.EXCLUDE, names = "CLAIM_CLOSED")
    void shouldTakeHandlersAtTheirWordAlsoWhenTheyWereToldToStop(StopReason stop) {
        assertThat(ended(first, JobOutcome.succeeded(new Json("1")), stop))
                .hasValue(new Fact.AttemptSucceeded(1, first.claim(), new Json("1"), NOON));
        assertThat(retryOf(ended(first, JobOutcome.failed("no"), stop))).hasValue(WAIT);
        assertThat(ended(first, JobOutcome.snooze(Duration.ofHours(1)), stop))
                .hasValue(new Fact.AttemptSnoozed(1, first.claim(), Duration.ofHours(1), NOON));
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void shouldTakeExceptionsAfterTheStopForTheWayToStop(StopReason stop) {
        Optional<Fact> threw = facts.threw(first, new InterruptedException(), Optional.of(stop), NOON);

        assertThat(threw.map(Object::getClass)).isEqualTo(
                facts.stopped(first, stop, "", NOON).map(Object::getClass));
        assertThat(ended(first, JobOutcome.cancelled(), stop)).isEqualTo(facts.stopped(first, stop, "", NOON));
    }

    @Test
    void shouldSayWhatEachReasonToStopLeadsTo() {
        assertThat(facts.stopped(first, StopReason.CANCELLED, "", NOON))
                .hasValue(new Fact.AttemptCancelled(1, first.claim(), NOON));
        assertThat(facts.stopped(first, StopReason.EXPIRED, "", NOON))
                .hasValue(new Fact.ClaimAbandoned(1, first.claim(), NOON));
        assertThat(retryOf(facts.stopped(first, StopReason.TIMEOUT, "", NOON))).hasValue(WAIT);
        assertThat(retryOf(facts.stopped(last, StopReason.TIMEOUT, "", NOON))).isEmpty();
        assertThat(retryOf(facts.stopped(first, StopReason.DEADLINE, "", NOON))).isEmpty();
        assertThat(facts.stopped(first, StopReason.LEASE_DOUBTED, "", NOON)).get()
                .isInstanceOf(Fact.AttemptReleased.class);
        assertThat(facts.stopped(first, StopReason.WORKER_STOPS, "", NOON)).get()
                .isInstanceOf(Fact.AttemptReleased.class);
    }

    @Test
    void shouldSayNothingOfClaimThatIsClosed() {
        assertThat(ended(first, JobOutcome.succeeded(new Json("1")), StopReason.CLAIM_CLOSED)).isEmpty();
        assertThat(ended(first, JobOutcome.failed("no"), StopReason.CLAIM_CLOSED)).isEmpty();
        assertThat(facts.threw(first, new Error(), Optional.of(StopReason.CLAIM_CLOSED), NOON)).isEmpty();
        assertThat(facts.stopped(first, StopReason.CLAIM_CLOSED, "", NOON)).isEmpty();
    }

    @Test
    void shouldRetryWhileATryIsLeft() {
        assertThat(retryOf(ended(first, JobOutcome.failed("no")))).hasValue(WAIT);
        assertThat(retryOf(ended(last, JobOutcome.failed("no")))).isEmpty();
        assertThat(retryOf(facts.threw(first, new Error(), Optional.empty(), NOON))).hasValue(WAIT);
        assertThat(retryOf(facts.threw(last, new Error(), Optional.empty(), NOON))).isEmpty();
        assertThat(retryOf(ended(first, JobOutcome.cancelled()))).hasValue(WAIT);
    }

    @Test
    void shouldRetryWhenTheHandlerSaysIfATryIsLeft() {
        Duration hour = Duration.ofHours(1);

        assertThat(retryOf(ended(first, JobOutcome.retryAfter(hour, "no")))).hasValue(hour);
        assertThat(retryOf(ended(last, JobOutcome.retryAfter(hour, "no")))).isEmpty();
        assertThat(retryOf(ended(first, JobOutcome.notRetryable("no")))).isEmpty();
    }

    @Test
    void shouldNotRetryWhatGaveTooLargeAResult() {
        assertThat(retryOf(ended(first, JobOutcome.succeeded(new Json("\"123456789\""))))).isEmpty();
        assertThat(retryOf(ended(first, JobOutcome.succeeded(new Json("\"äääää\""))))).as("12 bytes").isEmpty();
        assertThat(ended(first, JobOutcome.succeeded(new Json("\"12345678\""))).orElseThrow())
                .isInstanceOf(Fact.AttemptSucceeded.class);
    }

    @Test
    void shouldCutWhatHandlersSay() {
        String endless = "x".repeat(100_000);

        Fact failed = ended(first, JobOutcome.failed(endless)).orElseThrow();
        Fact threw = facts.threw(first, new IllegalStateException(endless), Optional.empty(), NOON).orElseThrow();

        assertThat(((Fact.AttemptFailed) failed).error().message()).hasSize(2_000).endsWith("…");
        assertThat(((Fact.AttemptFailed) threw).error().message()).hasSize(2_000);
        assertThat(((Fact.AttemptFailed) threw).error().stackTrace()).hasSizeLessThan(17_000);
    }

    private Optional<Fact> ended(ClaimedAttempt attempt, JobOutcome<Json> outcome) {
        return facts.ended(attempt, outcome, Optional.empty(), NOON);
    }

    private Optional<Fact> ended(ClaimedAttempt attempt, JobOutcome<Json> outcome, StopReason stop) {
        return facts.ended(attempt, outcome, Optional.of(stop), NOON);
    }

    private static Optional<Duration> retryOf(Optional<Fact> fact) {
        return switch (fact.orElseThrow()) {
            case Fact.AttemptFailed failed -> failed.retryIn();
            case Fact.AttemptTimedOut late -> late.retryIn();
            default -> throw new AssertionError("Expected an end that may be retried, but got " + fact);
        };
    }

    /** Is never run here. */
    private record NoWork() implements BoundJob {

        @Override
        public JobOutcome<Json> run(JobContext context) {
            throw new AssertionError("Expected nobody to run it");
        }

        @Override
        public void onError(AttemptFailure failure, JobContext context) {
            throw new AssertionError("Expected nobody to run it");
        }

        @Override
        public RecordJson json() {
            throw new AssertionError("Expected nobody to run it");
        }
    }

    private static ClaimedAttempt attempt(int spent) {
        JobId job = new JobId(new UUID(0, 1));
        return new ClaimedAttempt(job, JobTypeName.parse("test:noop"), spent + 1, new ClaimId("w/1"),
                Rules.of(POLICY, job, spent), Optional.empty(), List.of(), new NoWork(),
                new SlotPool(1, 0, () -> {}).tryReserve("test").orElseThrow());
    }
}
