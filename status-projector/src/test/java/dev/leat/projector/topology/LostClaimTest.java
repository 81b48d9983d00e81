package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerId;
import dev.leat.projector.Samples;

/** Open claims of workers that are silent. The command of {@link Samples#started()} stands at offset 7. */
class LostClaimTest extends OnBench {

    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final TopicPartition PARTITION = new TopicPartition("t.jobs.demo.normal", 0);

    @BeforeEach
    void runJob() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.decisions();
    }

    private List<Fact> ownDecisions() {
        return bench.decisions().stream().filter(fact -> fact instanceof Fact.LeaseExpired
                || fact instanceof Fact.ClaimDoubted).toList();
    }

    @Test
    void shouldAskNothingWhileWorkerLives() {
        bench.advance(Duration.ofMinutes(1));

        assertThat(bench.questions).isZero();
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldExpireLeaseOfWonClaimAndQueueNextAttempt() {
        bench.lost.add(Samples.WORKER);
        bench.advance(SWEEP);
        assertThat(bench.questions).isEqualTo(1);
        bench.offsets.complete(Map.of(PARTITION, 8L));

        bench.advance(SWEEP);

        assertThat(ownDecisions())
                .containsExactly(
                        new Fact.LeaseExpired(1, Samples.CLAIM, TopologyBench.START.plus(SWEEP.multipliedBy(2))));
        assertThat(bench.state(id)).isEqualTo(JobState.RETRYING);
        assertThat(bench.requests()).singleElement().isInstanceOf(Request.StopClaim.class);
        bench.advance(Samples.BACKOFF);
        assertThat(bench.commands()).extracting(Fact.JobQueued::attempt, Fact.JobQueued::spent)
                .containsExactly(tuple(2, 1));
    }

    @Test
    void shouldDoubtClaimThatWasNotWonAndAskUntilItIsSettled() {
        bench.lost.add(Samples.WORKER);
        bench.advance(SWEEP);
        bench.offsets.complete(Map.of(PARTITION, 7L));
        bench.advance(SWEEP);

        assertThat(ownDecisions()).singleElement().isInstanceOf(Fact.ClaimDoubted.class);
        assertThat(bench.state(id)).isEqualTo(JobState.QUEUED);
        assertThat(bench.commands()).isEmpty();

        bench.advance(ASK_AGAIN);
        assertThat(bench.questions).isEqualTo(2);
        bench.offsets.complete(Map.of());
        bench.advance(SWEEP);
        assertThat(ownDecisions()).isEmpty();

        bench.advance(ASK_AGAIN);
        assertThat(bench.questions).isEqualTo(3);
        bench.offsets.complete(Map.of(PARTITION, 8L));
        bench.advance(SWEEP);
        assertThat(ownDecisions()).singleElement().isInstanceOf(Fact.LeaseExpired.class);
    }

    @Test
    void shouldTakeNothingCommittedForNotWon() {
        bench.lost.add(Samples.WORKER);
        bench.advance(SWEEP);
        bench.offsets.complete(Map.of());
        bench.advance(SWEEP);

        assertThat(ownDecisions()).singleElement().isInstanceOf(Fact.ClaimDoubted.class);
    }

    @Test
    void shouldDecideNothingWithoutAnswer() {
        bench.lost.add(Samples.WORKER);
        bench.advance(Duration.ofSeconds(30));
        assertThat(bench.questions).isEqualTo(1);
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);

        bench.offsets.completeExceptionally(new TimeoutException("no coordinator"));
        bench.advance(SWEEP);

        assertThat(bench.questions).isEqualTo(2);
        assertThat(ownDecisions()).isEmpty();
    }

    @Test
    void shouldDecideNothingWhereWorkerCameBackMeanwhile() {
        bench.lost.add(Samples.WORKER);
        bench.advance(SWEEP);
        bench.lost.clear();
        bench.offsets.complete(Map.of(PARTITION, 8L));

        bench.advance(SWEEP);

        assertThat(ownDecisions()).isEmpty();
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldDecideNothingWhereJobEndedMeanwhile() {
        bench.lost.add(Samples.WORKER);
        bench.advance(SWEEP);
        bench.event(id, Samples.succeeded());
        bench.offsets.complete(Map.of(PARTITION, 8L));

        bench.advance(ASK_AGAIN);

        assertThat(ownDecisions()).isEmpty();
        assertThat(bench.questions).isEqualTo(1);
    }

    @Test
    void shouldDoubtClaimOfSilentWorkerWhileAnotherRuns() {
        bench.event(id, Samples.started(1, new ClaimId("claim-2"), new WorkerId("worker-2")));
        bench.lost.add(Samples.WORKER);
        bench.advance(SWEEP);
        bench.offsets.complete(Map.of(PARTITION, 8L));
        bench.advance(SWEEP);

        assertThat(ownDecisions()).singleElement()
                .isEqualTo(new Fact.ClaimDoubted(1, Samples.CLAIM, bench.clock.instant()));
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldAskAboutDoubtedClaimOfLivingWorker() {
        bench.event(id, new Fact.ClaimDoubted(1, Samples.CLAIM, Samples.NOW));

        bench.advance(SWEEP);
        assertThat(bench.questions).isEqualTo(1);
        bench.offsets.complete(Map.of(PARTITION, 8L));
        bench.advance(SWEEP);

        assertThat(ownDecisions()).singleElement().isInstanceOf(Fact.LeaseExpired.class);
    }

    @Test
    void shouldTellLedgerOfEachNewClaimOnce() {
        assertThat(bench.claimed).containsExactly(Samples.WORKER);

        bench.event(id, Samples.started());

        assertThat(bench.claimed).containsExactly(Samples.WORKER);
    }

    @Test
    void shouldTellLedgerOfTheOpenClaimsThatATaskFinds() {
        WorkerId other = new WorkerId("worker-2");
        JobId ended = Samples.id();
        bench.lane(ended, Samples.queued());
        bench.event(ended, Samples.started(1, Samples.CLAIM, other));
        bench.event(ended, Samples.succeeded());
        bench.claimed.clear();

        var _ = bench.beginAnother();

        assertThat(bench.claimed).containsExactly(Samples.WORKER);
    }
}
