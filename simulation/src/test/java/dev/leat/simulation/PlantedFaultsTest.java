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
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchChange;
import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchMembers;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.domain.lease.LostClaims;
import dev.leat.domain.limit.ClusterShare;
import dev.leat.simulation.Rules.ClaimStep;

/** A simulation that finds nothing proves nothing: it finds each of some mistakes that are easily made. */
class PlantedFaultsTest {

    /** Each is found in one of some hundred histories. */
    private static final long MOST_HISTORIES = 5_000;

    private static final Rules COMMIT_BEFORE_STARTED = Rules.OF_LEAT
            .withClaimSteps(List.of(ClaimStep.COMMIT, ClaimStep.ANNOUNCE));

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
        Shrinker.Found found = find(Rules.OF_LEAT.withFold(PlantedFaultsTest::foldWithoutFence));

        assertThat(found.outcome().violations()).anyMatch(
                violation -> violation.matches("(StatusMatchesLog|OneLiveAttempt|AttemptsBounded|NoLostJob).*"));
    }

    @Test
    void shouldFindAProjectorThatForgetsWhoWaitsForAJobThatItDoesNotKnowYet() {
        assertFinds(Rules.OF_LEAT.withFold(PlantedFaultsTest::foldWithoutEarlyWatchers), "NoLostJob");
    }

    @Test
    void shouldFindAProjectorThatQueuesAgainWithoutAskingWhetherTheCommandIsStillThere() {
        Shrinker.Found found = find(Rules.OF_LEAT.withLosses(PlantedFaultsTest::decideWithoutAsking));

        assertThat(found.outcome().violations()).anyMatch(violation -> violation.startsWith("OneLiveAttempt"));
    }

    @Test
    void shouldFindAProjectorThatFiresASchedulesDueTimeApartFromItsCursorUnderADrawnId() {
        Shrinker.Found found = find(Rules.OF_LEAT.withSchedules(Rules.Firing.AT_ONCE_BY_CHANCE));

        assertThat(found.outcome().violations()).anyMatch(violation -> violation.startsWith("FiredOncePerDueTime"));
    }

    private static void assertFinds(Rules rules, String guarantee) {
        Shrinker.Found found = find(rules);

        assertThat(found.outcome().violations()).anyMatch(violation -> violation.startsWith(guarantee + ":"));
    }

    @Test
    void shouldFindAProjectorThatReleasesOperationsApartFromTheirBatch() {
        assertFinds(Rules.OF_LEAT.withReleases(Rules.Releasing.AT_ONCE), "BatchReleasesOnce");
    }

    @Test
    void shouldFindABatchThatDoesNotMindItsConcurrency() {
        assertFinds(Rules.OF_LEAT.withBatches(PlantedFaultsTest::nextWithoutConcurrency), "BatchReleasesOnce");
    }

    @Test
    void shouldFindABatchThatStopsThoughItIsToGoOn() {
        assertFinds(Rules.OF_LEAT.withBatches(PlantedFaultsTest::nextAfterAnyEnd), "BatchSettles");
    }

    @Test
    void shouldFindABatchThatIsTakenBackInTheOrderInWhichItCompleted() {
        assertFinds(Rules.OF_LEAT.withBatches(PlantedFaultsTest::nextTheWrongWayRound), "RollbackReversed");
    }

    @Test
    void shouldFindAnApiThatWritesABatchRecordByRecord() {
        assertFinds(Rules.OF_LEAT.withOpening(Rules.Opening.RECORD_BY_RECORD), "BatchReleasesOnce");
    }

    @Test
    void shouldFindWorkersThatEachTakeAWholeLimit() {
        assertFinds(Rules.OF_LEAT.withSharing((_, _, _, limit) -> new ClusterShare(true, limit, 1)), "LimitKept");
    }

    @Test
    void shouldFindAWorkerThatDoesNotMindAPause() {
        assertFinds(Rules.OF_LEAT.withPausing(Rules.Pausing.IGNORED), "PausedStartsNothing");
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

    /** Keeps nothing of a job before its command is there. */
    private static Job foldWithoutEarlyWatchers(Job job, Fact fact) {
        return fact instanceof Fact.JobWatched && job.submission().isEmpty() ? job : JobFold.apply(job, fact);
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

    private static Optional<BatchChange> nextWithoutConcurrency(BatchFlow flow, Batch batch, BatchMembers members,
            Instant now) {
        BatchSpec spec = batch.spec();
        BatchOptions options = new BatchOptions(spec.options().onFailure(), Optional.empty());
        Batch unbounded = with(batch, new BatchSpec(spec.name(), spec.total(), spec.types(), options,
                spec.onCompletion(), spec.submittedAt()), batch.halt());
        return flow.next(unbounded, members, now)
                .map(change -> new BatchChange(with(change.batch(), spec, change.batch().halt()), change.effects()));
    }

    /** Stops at a failure, whatever the batch's options say. */
    private static Optional<BatchChange> nextAfterAnyEnd(BatchFlow flow, Batch batch, BatchMembers members,
            Instant now) {
        boolean stops = batch.tally().total() > batch.tally().completed() && batch.halt().isEmpty();
        return flow.next(stops ? with(batch, batch.spec(), Optional.of(Batch.Halt.FAILURE)) : batch, members, now);
    }

    private static Optional<BatchChange> nextTheWrongWayRound(BatchFlow flow, Batch batch, BatchMembers members,
            Instant now) {
        return flow.next(batch, new BatchMembers() {
            @Override
            public Optional<Operation> operation(int index) {
                return members.operation(index);
            }

            @Override
            public Optional<BatchMember> member(int index) {
                return members.member(index);
            }

            @Override
            public Optional<BatchMember> completed(int sequence) {
                return members.completed(batch.tally().completed() - 1 - sequence);
            }

            @Override
            public Optional<BatchMember> openFrom(int index) {
                return members.openFrom(index);
            }
        }, now);
    }

    private static Batch with(Batch batch, BatchSpec spec, Optional<Batch.Halt> halt) {
        return new Batch(batch.id(), spec, batch.received(), batch.released(), batch.tally(), halt, batch.endFrom(),
                batch.rollback(), batch.summarized(), batch.startedAt(), batch.finishedAt());
    }
}
