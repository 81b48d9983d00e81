package dev.leat.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.WorkerId;
import dev.leat.testkit.guarantees.History.RecordedFact;

class TakeoverTimesTest {

    private static final JobId JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000001");
    private static final WorkerId LOST = new WorkerId("lost");
    private static final WorkerId OTHER = new WorkerId("other");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldMeasureFromTheLossToTheNextStart() {
        assertThat(takeovers(started(1, LOST, -5), started(2, OTHER, 12), started(3, OTHER, 40)))
                .containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void shouldLeaveOutWhatHadEndedBeforeTheLoss() {
        assertThat(takeovers(started(1, LOST, -5), succeeded(1, -2))).isEmpty();
        assertThat(takeovers(started(1, LOST, -5), new Fact.ClaimAbandoned(1, claim(1), at(-4)),
                started(2, OTHER, 3))).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatRanElsewhereOrNeverAgain() {
        assertThat(takeovers(started(1, OTHER, -5), started(2, LOST, 3))).isEmpty();
        assertThat(takeovers(started(1, LOST, -5))).isEmpty();
    }

    @Test
    void shouldCountWhatTheLostWorkerIsSaidToHaveLostAfterwards() {
        assertThat(takeovers(started(1, LOST, -5), new Fact.ClaimAbandoned(1, claim(1), at(11)),
                started(2, OTHER, 12))).containsExactly(Duration.ofSeconds(12));
    }

    private static List<Duration> takeovers(Fact... facts) {
        return new TakeoverTimes(Arrays.stream(facts).map(fact -> new RecordedFact(JOB, fact)).toList())
                .after(LOST, NOON);
    }

    private static Fact started(int claim, WorkerId worker, int seconds) {
        return new Fact.AttemptStarted(1, claim(claim), worker, new CommandPosition("leat.jobs.demo.normal", 0, claim),
                Optional.empty(), at(seconds));
    }

    private static Fact succeeded(int claim, int seconds) {
        return new Fact.AttemptSucceeded(1, claim(claim), new Json("{}"), at(seconds));
    }

    private static ClaimId claim(int number) {
        return new ClaimId("claim-" + number);
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
