package dev.leat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Claim;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.WorkerId;
import dev.leat.domain.lease.LostClaims;
import dev.leat.simulation.Rules.ClaimStep;

/** A simulation that finds nothing proves nothing: it finds each of four mistakes that are easily made. */
class PlantedFaultsTest {

    /** Each is found in one of some hundred histories. */
    private static final long MOST_HISTORIES = 5_000;

    private static final Rules COMMIT_BEFORE_STARTED = new Rules(JobFold::apply, LostClaims::decide,
            List.of(ClaimStep.COMMIT, ClaimStep.ANNOUNCE));
    private static final Rules NO_FENCE = new Rules(PlantedFaultsTest::foldWithoutFence, LostClaims::decide,
            Rules.OF_LEAT.claimSteps());
    private static final Rules REQUEUE_WITHOUT_ASKING = new Rules(JobFold::apply,
            PlantedFaultsTest::decideWithoutAsking, Rules.OF_LEAT.claimSteps());

    private static final Rules FIRE_AT_ONCE_BY_CHANCE = new Rules(JobFold::apply, LostClaims::decide,
            Rules.OF_LEAT.claimSteps(), Rules.Firing.AT_ONCE_BY_CHANCE);

    private static Shrinker.Found find(Rules rules) {
        Search.Result result = Search.run(1, MOST_HISTORIES, rules);

        assertThat(result.broken()).as("a history that breaks a guarantee, of %s", result.histories()).isPresent();
        return result.broken().orElseThrow();
    }

    @Test
    void shouldFindAWorkerThatCommitsBeforeItSaysThatItClaims() {
        Shrinker.Found found = find(COMMIT_BEFORE_STARTED);

        assertThat(found.outcome().violations()).anyMatch(violation -> violation.startsWith("NoLostJob"));
    }

    @Test
    void shouldFindAProjectorThatTakesLateFactsOfClaimsThatAreOver() {
        Shrinker.Found found = find(NO_FENCE);

        assertThat(found.outcome().violations()).anyMatch(
                violation -> violation.matches("(StatusMatchesLog|OneLiveAttempt|AttemptsBounded|NoLostJob).*"));
    }

    @Test
    void shouldFindAProjectorThatQueuesAgainWithoutAskingWhetherTheCommandIsStillThere() {
        Shrinker.Found found = find(REQUEUE_WITHOUT_ASKING);

        assertThat(found.outcome().violations()).anyMatch(violation -> violation.startsWith("OneLiveAttempt"));
    }

    @Test
    void shouldFindAProjectorThatFiresASchedulesDueTimeApartFromItsCursorUnderADrawnId() {
        Shrinker.Found found = find(FIRE_AT_ONCE_BY_CHANCE);

        assertThat(found.outcome().violations()).anyMatch(violation -> violation.startsWith("FiredOncePerDueTime"));
    }

    @Test
    void shouldTellTheShortestHistoryThatItFinds() {
        Shrinker.Found found = find(COMMIT_BEFORE_STARTED);

        Shrinker.Found shortest = Shrinker.shrink(found, COMMIT_BEFORE_STARTED);

        assertThat(shortest.plan().jobs()).hasSize(1);
        assertThat(shortest.plan().faults()).hasSizeLessThanOrEqualTo(1);
        assertThat(shortest.outcome().violations()).anyMatch(violation -> violation.startsWith("NoLostJob"));
        assertThat(Story.of(shortest, found.seed(), COMMIT_BEFORE_STARTED))
                .contains("-Dleat.simulation.seed=" + found.seed(), "gateway.1 submits job-0",
                        "What is wrong:", "NoLostJob: Expected job job-0 to end");
    }

    /** Folds what a claim says that is not open any more, as if it were the job's own. */
    private static Job foldWithoutFence(Job job, Fact fact) {
        boolean late = fact instanceof Fact.AttemptSucceeded || fact instanceof Fact.AttemptFailed;
        if (!late || job.state().isTerminal()) {
            return JobFold.apply(job, fact);
        }
        Fact.FactOfClaim end = (Fact.FactOfClaim) fact;
        Job opened = JobFold.apply(job, new Fact.AttemptStarted(job.attempt(), end.claim(), new WorkerId("any"),
                new CommandPosition("any", 0, 0), Optional.empty(), fact.at()));
        return JobFold.apply(opened, fact instanceof Fact.AttemptSucceeded success
                ? new Fact.AttemptSucceeded(job.attempt(), end.claim(), success.result(), fact.at())
                : ofAttempt((Fact.AttemptFailed) fact, job.attempt()));
    }

    private static Fact ofAttempt(Fact.AttemptFailed failure, int attempt) {
        return new Fact.AttemptFailed(attempt, failure.claim(), failure.error(), failure.retryIn(), failure.at());
    }

    /** Takes every commit for won. */
    private static Optional<Fact> decideWithoutAsking(Job job, Claim claim, OptionalLong committed, Instant now) {
        return LostClaims.decide(job, claim, OptionalLong.of(Long.MAX_VALUE), now);
    }
}
