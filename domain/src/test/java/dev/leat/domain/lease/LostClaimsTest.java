package dev.leat.domain.lease;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Claim;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;

class LostClaimsTest {

    private static final Job RUNNING = fold(queued(), started(CLAIM));
    private static final Claim LOST = RUNNING.claims().getFirst();
    private static final long OFFSET = LOST.command().offset();

    @Test
    void shouldExpireTheLeaseOfAClaimWhoseCommitWasWon() {
        assertThat(LostClaims.decide(RUNNING, LOST, OptionalLong.of(OFFSET + 1), NOON))
                .contains(new Fact.LeaseExpired(1, CLAIM, NOON));
    }

    @Test
    void shouldDoubtAClaimWhoseCommandKafkaWillDeliverAgain() {
        assertThat(LostClaims.decide(RUNNING, LOST, OptionalLong.of(OFFSET), NOON))
                .contains(new Fact.ClaimDoubted(1, CLAIM, NOON));
        assertThat(LostClaims.decide(RUNNING, LOST, OptionalLong.empty(), NOON))
                .contains(new Fact.ClaimDoubted(1, CLAIM, NOON));
    }

    @Test
    void shouldAskOnAboutADoubtedClaimUntilItsCommitIsKnownToBeWon() {
        Job doubted = JobFold.apply(RUNNING, doubted(CLAIM));
        Claim claim = doubted.claims().getFirst();

        assertThat(LostClaims.isQuestionable(claim, _ -> false)).isTrue();
        assertThat(LostClaims.decide(doubted, claim, OptionalLong.of(OFFSET), NOON)).isEmpty();
        assertThat(LostClaims.decide(doubted, claim, OptionalLong.of(OFFSET + 1), NOON))
                .contains(new Fact.LeaseExpired(1, CLAIM, NOON));
    }

    @Test
    void shouldSayOfOneOfSeveralLostClaimsOnlyThatItIsDoubtedAndExpireTheLast() {
        Job race = fold(queued(), started(CLAIM), started(OTHER_CLAIM));
        OptionalLong won = OptionalLong.of(OFFSET + 1);

        Fact first = LostClaims.decide(race, race.claims().getFirst(), won, NOON).orElseThrow();
        Job doubted = JobFold.apply(race, first);

        assertThat(first).isEqualTo(new Fact.ClaimDoubted(1, CLAIM, NOON));
        assertThat(LostClaims.decide(doubted, doubted.claims().getFirst(), won, NOON)).isEmpty();
        assertThat(LostClaims.decide(doubted, doubted.claims().getLast(), won, NOON))
                .contains(new Fact.LeaseExpired(1, OTHER_CLAIM, NOON));
    }

    @Test
    void shouldNotQuestionAClaimWhoseWorkerLives() {
        assertThat(LostClaims.isQuestionable(LOST, _ -> false)).isFalse();
        assertThat(LostClaims.isQuestionable(LOST, LOST.worker()::equals)).isTrue();
    }

    @Test
    void shouldDecideForTheAttemptThatTheClaimIsOn() {
        Job second = fold(queued(), started(CLAIM), failedOnce(CLAIM, 1), queued(2), started(OTHER_CLAIM, 2));

        assertThat(LostClaims.decide(second, second.claims().getFirst(), OptionalLong.empty(), NOON))
                .contains(new Fact.ClaimDoubted(2, OTHER_CLAIM, NOON));
    }
}
