package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class JobFoldTest {

    @Test
    void shouldShowProgressAndResultOfTheClaimThatRan() {
        Job job = fold(queued(), started(CLAIM), progressed(CLAIM, 1, 40), progressed(CLAIM, 2, 80), succeeded(CLAIM));

        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.currentClaim().flatMap(Claim::progress)).contains(new Progress(80, "sieving"));
        assertThat(job.outcome().flatMap(Job.Outcome::result)).contains(new Json("{\"count\":4}"));
        assertThat(job.attempts().past()).extracting(PastAttempt::ending)
                .containsExactly(PastAttempt.Ending.SUCCEEDED);
    }

    @Test
    void shouldIgnoreProgressThatIsOldNews() {
        Job job = fold(queued(), started(CLAIM), progressed(CLAIM, 2, 80));

        assertThat(JobFold.apply(job, progressed(CLAIM, 1, 40))).isSameAs(job);
    }

    @Test
    void shouldKeepTheLastCheckpointForTheNextAttemptAndDropItAtTheEnd() {
        Job waiting = fold(queued(), started(CLAIM), checkpointed(CLAIM, 1, 1, "a"), checkpointed(CLAIM, 1, 3, "c"),
                checkpointed(CLAIM, 1, 2, "b"), failedOnce(CLAIM, 1));

        assertThat(waiting.attempts().checkpoint()).contains(checkpoint("c"));
        Job again = fold(waiting, List.of(queued(2), started(OTHER_CLAIM, 2)));
        assertThat(again.attempts().checkpoint()).as("where the second attempt has left none")
                .contains(checkpoint("c"));
        assertThat(fold(again, List.of(checkpointed(OTHER_CLAIM, 2, 1, "d"))).attempts().checkpoint())
                .as("sequences of another claim count from 1 again")
                .contains(checkpoint("d"));
        assertThat(fold(again, List.of(succeeded(OTHER_CLAIM, 2))).attempts().checkpoint()).isEmpty();
    }

    @Test
    void shouldIgnoreTheCheckpointOfAClaimThatIsOver() {
        Job waiting = fold(queued(), started(CLAIM), checkpointed(CLAIM, 1, 1, "a"), leaseExpired(CLAIM));

        assertThat(JobFold.apply(waiting, checkpointed(CLAIM, 1, 2, "late"))).isSameAs(waiting);
    }

    @Test
    void shouldTakeTheOutcomeOfWhicheverRacingClaimWonTheCommit() {
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), abandoned(OTHER_CLAIM), succeeded(CLAIM))
                .state()).isEqualTo(JobState.COMPLETED);
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), abandoned(CLAIM), succeeded(OTHER_CLAIM))
                .state()).isEqualTo(JobState.COMPLETED);
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), succeeded(CLAIM), abandoned(OTHER_CLAIM))
                .currentClaim().map(Claim::id)).contains(CLAIM);
    }

    @Test
    void shouldQueueAgainWhenTheOnlyClaimWasAbandoned() {
        Job job = fold(queued(), started(CLAIM), abandoned(CLAIM));

        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(JobFold.apply(job, started(CLAIM))).as("a late copy of the abandoned start").isSameAs(job);
    }

    @Test
    void shouldRunBeforeItsCommandHasBeenSeen() {
        Job job = fold(started(CLAIM), succeeded(CLAIM));

        assertThat(JobView.of(job)).isEmpty();
        assertThat(JobView.of(JobFold.apply(job, queued())).orElseThrow().status()).isEqualTo("completed");
    }

    @Test
    void shouldRememberTheFirstRequestToCancelOnlyWhileOpen() {
        Job running = fold(queued(), started(CLAIM), wanted(EndReason.CANCEL));

        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        assertThat(JobView.of(running).orElseThrow().status()).isEqualTo(JobView.CANCELLING);
        assertThat(JobView.of(JobFold.apply(running, succeeded(CLAIM))).orElseThrow().cancelRequested()).isFalse();
    }

    @Test
    void shouldCountTriesButNotReleasesAndSnoozes() {
        Job job = fold(queued(), started(CLAIM), failedOnce(CLAIM, 1), queued(2), started(CLAIM, 2),
                released(CLAIM, 2), queued(3), started(CLAIM, 3), snoozed(CLAIM, 3), queued(4), started(CLAIM, 4),
                timedOut(CLAIM, 4, Optional.of(WAIT)), queued(5), started(CLAIM, 5), leaseExpired(CLAIM, 5));

        assertThat(job.attempt()).isEqualTo(6);
        assertThat(job.attempts().spent()).isEqualTo(3);
        assertThat(job.attempts().past()).extracting(PastAttempt::ending)
                .containsExactly(PastAttempt.Ending.FAILED, PastAttempt.Ending.RELEASED, PastAttempt.Ending.SNOOZED,
                        PastAttempt.Ending.TIMED_OUT, PastAttempt.Ending.LEASE_EXPIRED);
    }

    @Test
    void shouldSayWhenTheNextAttemptIsDue() {
        Job job = fold(queued(), started(CLAIM), failedOnce(CLAIM, 1));

        assertThat(job.state()).isEqualTo(JobState.RETRYING);
        assertThat(JobView.of(job).flatMap(JobView::nextAttemptAt)).contains(NOON.plusSeconds(3).plus(WAIT));
    }

    @Test
    void shouldFenceFactsOfAnAttemptWhoseLeaseHasExpired() {
        Job retrying = fold(queued(), started(CLAIM), leaseExpired(CLAIM));
        Job again = fold(retrying, List.of(queued(2), started(OTHER_CLAIM, 2)));

        assertThat(List.of(retrying, again)).allSatisfy(job -> assertThat(
                List.of(progressed(CLAIM, 9, 99), succeeded(CLAIM), failed(CLAIM), stopped(CLAIM), released(CLAIM, 1)))
                .allSatisfy(late -> assertThat(JobFold.apply(job, late)).isSameAs(job)));
    }

    @Test
    void shouldFenceFactsThatNameAnotherAttemptOfTheirClaim() {
        Job second = fold(queued(2), started(CLAIM, 2));

        assertThat(JobFold.apply(second, succeeded(CLAIM, 1))).isSameAs(second);
    }

    @Test
    void shouldFailWhenTheLeaseOfTheLastTryExpires() {
        Job job = fold(queued(), started(CLAIM, 1, Optional.empty()), leaseExpired(CLAIM));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.outcome().flatMap(Job.Outcome::error).map(JobError::code)).contains("lease-expired");
    }

    @Test
    void shouldShowAJobAsQueuedWhileItsOnlyClaimIsDoubted() {
        Job doubted = fold(queued(), started(CLAIM), doubted(CLAIM));

        assertThat(doubted.state()).isEqualTo(JobState.QUEUED);
        assertThat(JobFold.apply(doubted, doubted(CLAIM))).isSameAs(doubted);
        assertThat(JobFold.apply(doubted, succeeded(CLAIM)).state())
                .as("it has won the commit after all")
                .isEqualTo(JobState.COMPLETED);
        assertThat(JobFold.apply(doubted, started(OTHER_CLAIM)).currentClaim().map(Claim::id)).contains(OTHER_CLAIM);
    }

    @Test
    void shouldNotEndAnAttemptByTheLossOfOneClaimWhileAnotherRuns() {
        Job race = fold(queued(), started(CLAIM), started(OTHER_CLAIM));

        assertThat(JobFold.apply(race, leaseExpired(CLAIM))).as("the other one may have won").isSameAs(race);
    }

    @Test
    void shouldGoOnWhenTheWinnerIsLostAndTheLoserSaysSoOnlyLater() {
        Job abandoned = fold(queued(), started(CLAIM), started(OTHER_CLAIM), doubted(CLAIM), abandoned(OTHER_CLAIM));

        assertThat(abandoned.claims()).as("Kafka is asked about it again").extracting(Claim::id)
                .containsExactly(CLAIM);
        assertThat(JobFold.apply(abandoned, leaseExpired(CLAIM)).attempt()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenAllRacingWorkersAreLost() {
        Job over = fold(queued(), started(CLAIM), started(OTHER_CLAIM), doubted(CLAIM), leaseExpired(OTHER_CLAIM));

        assertThat(over.state()).isEqualTo(JobState.RETRYING);
        assertThat(over.attempts().spent()).isEqualTo(1);
    }

    @Test
    void shouldNotExpireOnceAnAttemptHasBegun() {
        Job retrying = fold(queued(), started(CLAIM), failedOnce(CLAIM, 1));

        assertThat(JobFold.apply(retrying, expired())).isSameAs(retrying);
        assertThat(JobFold.apply(retrying, wanted(EndReason.EXPIRE)).unwanted()).isEmpty();
        assertThat(fold(queued(), expired()).state()).isEqualTo(JobState.EXPIRED);
    }

    @Test
    void shouldNameTheWeightiestReasonToEndAWaitingJob() {
        Job job = fold(queued(), wanted(EndReason.EXPIRE), wanted(EndReason.DEADLINE));

        assertThat(job.unwanted()).contains(EndReason.DEADLINE);
        assertThat(JobFold.apply(job, wanted(EndReason.CANCEL)).unwanted()).contains(EndReason.CANCEL);
        assertThat(JobFold.apply(job, started(CLAIM)).unwanted()).isEmpty();
    }

    @Test
    void shouldTakeTheSubmissionOfThePendingTopicWhateverLanesSay() {
        assertThat(fold(queued(), scheduled()).submission()).contains(scheduled().submission());
        assertThat(fold(scheduled(), queued()).submission()).contains(scheduled().submission());
    }

    @Test
    void shouldKeepOnlyTheLastAttempts() {
        List<Fact> facts = new ArrayList<>();
        for (int attempt = 1; attempt <= Attempts.MOST_PAST + 2; attempt++) {
            facts.addAll(List.of(queued(attempt), started(CLAIM, attempt), snoozed(CLAIM, attempt)));
        }

        assertThat(fold(facts).attempts().past()).hasSize(Attempts.MOST_PAST)
                .first()
                .extracting(PastAttempt::number)
                .isEqualTo(3);
    }

    @Test
    void shouldCutErrorsThatWouldMakeAJobTooLarge() {
        JobError huge = new JobError("code", "m".repeat(100_000), "s".repeat(100_000));
        Fact.AttemptFailed failed = new Fact.AttemptFailed(1, CLAIM, huge, Optional.empty(), NOON);

        Job job = fold(queued(), started(CLAIM), failed);

        assertThat(job.outcome().flatMap(Job.Outcome::error).orElseThrow().message()).hasSize(Job.MAX_MESSAGE);
        assertThat(job.attempts().past().getLast().error().orElseThrow().stackTrace())
                .hasSize(PastAttempt.MAX_STACK_TRACE);
    }

    @Test
    void shouldBearAnAttemptThatEndedBeyondAllTime() {
        Fact.AttemptSnoozed late = new Fact.AttemptSnoozed(1, CLAIM, Backoff.MAX, Instant.MAX);

        assertThat(fold(queued(), started(CLAIM), late).state()).isEqualTo(JobState.RETRYING);
    }
}
