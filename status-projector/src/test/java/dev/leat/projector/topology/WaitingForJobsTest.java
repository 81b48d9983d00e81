package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Request;
import dev.leat.domain.Waits;
import dev.leat.projector.Samples;

/** Jobs that wait for others; what they tell each other goes out by the control topic and comes back in. */
class WaitingForJobsTest extends OnBench {

    private static final ClaimId OTHERS = new ClaimId("claim-of-other");

    private final JobId other = Samples.id();
    private final JobId unknown = Samples.id();

    private void givenWaitingFor(JobId... jobs) {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.event(id, new Fact.AttemptWaiting(1, Samples.CLAIM, List.of(jobs), Samples.NOW));
    }

    private void givenOtherRuns() {
        bench.lane(other, Samples.queued());
        bench.event(other, Samples.started(1, OTHERS, Samples.WORKER));
    }

    private void whenOtherCompletes() {
        bench.event(other, new Fact.AttemptSucceeded(1, OTHERS, new Json("7"), Samples.NOW));
    }

    private List<AwaitedJob> endsInTheOnlyCommand() {
        List<Fact.JobQueued> commands = bench.commands();
        assertThat(commands).singleElement().extracting(Fact.JobQueued::attempt).isEqualTo(2);
        return commands.getFirst().awaited();
    }

    @Test
    void shouldQueueJobWhenTheOneForWhichItWaitsHasEnded() {
        givenOtherRuns();
        givenWaitingFor(other);
        assertThat(bench.stored(other).map(Job::waits).map(Waits::watchers).orElseThrow())
                .containsExactly(new Waits.Watcher(id, 2));
        assertThat(bench.state(id)).isEqualTo(JobState.RETRYING);
        bench.advance(Duration.ofHours(1));
        assertThat(bench.commands()).isEmpty();

        whenOtherCompletes();

        assertThat(endsInTheOnlyCommand()).containsExactly(AwaitedJob.of(bench.stored(other).orElseThrow()));
        bench.advance(Duration.ofHours(1));
        assertThat(bench.commands()).isEmpty();
    }

    @Test
    void shouldQueueAtOnceWhereTheOtherHasEndedBefore() {
        givenOtherRuns();
        whenOtherCompletes();

        givenWaitingFor(other);

        assertThat(endsInTheOnlyCommand()).hasSize(1);
    }

    @Test
    void shouldWaitForWhatIsSubmittedLater() {
        givenWaitingFor(other);
        givenOtherRuns();
        bench.advance(Duration.ofMinutes(5));
        assertThat(bench.commands()).isEmpty();

        whenOtherCompletes();

        assertThat(endsInTheOnlyCommand()).hasSize(1);
    }

    @Test
    void shouldGoOnWithoutJobThatNobodyKnows() {
        givenOtherRuns();
        givenWaitingFor(other, unknown);
        whenOtherCompletes();
        assertThat(bench.commands()).isEmpty();

        bench.advance(Duration.ofMinutes(2));

        assertThat(endsInTheOnlyCommand()).contains(AwaitedJob.unknown(unknown)).hasSize(2);
    }

    @Test
    void shouldEndJobThatIsCancelledWhileItWaits() {
        givenOtherRuns();
        givenWaitingFor(other);

        bench.control(id, Samples.cancelRequested());
        whenOtherCompletes();

        assertThat(bench.state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(bench.commands()).isEmpty();
    }

    @Test
    void shouldGoOnWhereTheOtherIsCancelledAndForgotten() {
        bench.lane(other, Samples.queued());
        givenWaitingFor(other);

        bench.control(other, Samples.cancelRequested());
        bench.control(other, new Request.Forget(Samples.NOW));

        assertThat(endsInTheOnlyCommand()).singleElement()
                .satisfies(end -> assertThat(end.state()).contains(JobState.CANCELLED));
    }
}
