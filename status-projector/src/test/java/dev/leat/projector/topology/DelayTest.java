package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.projector.Samples;

/** What waits for its time: first attempts, later ones, limits. */
class DelayTest extends OnBench {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldQueueJobWithoutDelayAtOnce() {
        bench.pending(id, Samples.scheduled(Samples.runAt(TopologyBench.START)));

        assertThat(bench.commands()).containsExactly(Fact.JobQueued.first(submission(id)));
    }

    /** As a handler enqueues it whose attempt is repeated. */
    @Test
    void shouldQueueJobOnceThatIsSubmittedTwice() {
        bench.pending(id, Samples.scheduled(Terms.NONE));
        bench.pending(id, Samples.scheduled(Samples.runAt(TopologyBench.START.plus(MINUTE))));
        bench.event(id, Samples.started());
        bench.event(id, Samples.succeeded());
        bench.pending(id, Samples.scheduled(Terms.NONE));
        bench.advance(MINUTE.plus(SECOND));

        assertThat(bench.commands()).hasSize(1);
        assertThat(bench.state(id)).isEqualTo(JobState.COMPLETED);
    }

    private Submission submission(JobId job) {
        return bench.stored(job).flatMap(Job::submission).orElseThrow();
    }

    @Test
    void shouldQueueDelayedJobOnceWhenItsTimeHasCome() {
        bench.pending(id, Samples.scheduled(Samples.runAt(TopologyBench.START.plus(MINUTE))));
        assertThat(bench.state(id)).isEqualTo(JobState.SCHEDULED);

        bench.advance(MINUTE.minus(SECOND));
        assertThat(bench.commands()).isEmpty();
        bench.advance(SECOND);

        assertThat(bench.commands()).containsExactly(Fact.JobQueued.first(submission(id)));
        assertThat(bench.due()).isEmpty();
        bench.advance(MINUTE);
        assertThat(bench.commands()).isEmpty();
    }

    @Test
    void shouldQueueInTheOrderOfTheTimes() {
        List<JobId> jobs = IntStream.range(0, 20).mapToObj(_ -> Samples.id()).toList();
        for (int i = 0; i < jobs.size(); i++) {
            bench.pending(jobs.get(i),
                    Samples.scheduled(Samples.runAt(TopologyBench.START.plusMillis(20_000 - 300 * i))));
        }

        bench.advance(MINUTE);

        assertThat(bench.written(bench.lane())).extracting(command -> command.key())
                .containsExactlyElementsOf(jobs.reversed().stream().map(TopologyBench::key).toList());
    }

    @Test
    void shouldFindEntryThatIsDueEarlierThanOthersThatAreGone() {
        bench.pending(Samples.id(), Samples.scheduled(Samples.runAt(TopologyBench.START.plus(MINUTE))));
        bench.advance(MINUTE.plus(SECOND));
        bench.commands();

        // This time lies before what has been scanned.
        bench.pending(id, Samples.scheduled(Samples.limits(Optional.empty(), Optional.of(TopologyBench.START))));
        bench.advance(SECOND);

        assertThat(bench.requests()).extracting(request -> ((Fact.EndRequested) request).reason())
                .containsExactly(EndReason.DEADLINE);
    }

    @Test
    void shouldQueueNextAttemptWhenBackoffIsOver() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.event(id, Samples.failed(Optional.of(Samples.BACKOFF)));
        assertThat(bench.state(id)).isEqualTo(JobState.RETRYING);

        bench.advance(Samples.BACKOFF.minusMillis(250));
        assertThat(bench.commands()).isEmpty();
        bench.advance(Duration.ofMillis(250));

        assertThat(bench.commands()).containsExactly(new Fact.JobQueued(2, 1, submission(id)));
    }

    @Test
    void shouldQueueSnoozedAttemptWithoutSpendingATry() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.event(id, new Fact.AttemptSnoozed(1, Samples.CLAIM, MINUTE, Samples.NOW));

        bench.advance(MINUTE);

        assertThat(bench.commands()).containsExactly(new Fact.JobQueued(2, 0, submission(id)));
    }

    @Test
    void shouldQueueEachAttemptNumberOnceThroughManyRetries() {
        bench.lane(id, Samples.queued());
        List<Integer> attempts = new ArrayList<>();
        for (int attempt = 1; attempt <= 5; attempt++) {
            ClaimId claim = new ClaimId("claim-" + attempt);
            bench.event(id, Samples.started(attempt, claim, Samples.WORKER));
            bench.event(id, new Fact.AttemptReleased(attempt, claim, JobError.of("stopped", ""),
                    Samples.NOW));
            bench.event(id, new Fact.AttemptReleased(attempt, claim, JobError.of("stopped", ""),
                    Samples.NOW));
            bench.commands().forEach(command -> {
                attempts.add(command.attempt());
                bench.lane(id, command);
                bench.lane(id, command);
            });
        }
        bench.advance(MINUTE);

        assertThat(attempts).containsExactly(2, 3, 4, 5, 6);
        assertThat(bench.commands()).isEmpty();
    }

    @Test
    void shouldEndJobThatNobodyHasTakenInTime() {
        Instant expiry = TopologyBench.START.plus(MINUTE);
        bench.lane(id, new Fact.JobQueued(1, 0, Samples.scheduled(
                Samples.limits(Optional.of(expiry), Optional.empty())).submission()));

        bench.advance(MINUTE.minus(SECOND));
        assertThat(bench.state(id)).isEqualTo(JobState.QUEUED);
        bench.advance(SECOND);

        assertThat(bench.requests()).containsExactly(new Fact.EndRequested(EndReason.EXPIRE, expiry));
        assertThat(bench.state(id)).isEqualTo(JobState.EXPIRED);
    }

    @Test
    void shouldAskForTheEndOfRunningJobWhoseDeadlineHasPassed() {
        bench.lane(id, new Fact.JobQueued(1, 0, Samples.scheduled(
                Samples.limits(Optional.empty(), Optional.of(TopologyBench.START.plus(MINUTE)))).submission()));
        bench.event(id, Samples.started());

        bench.advance(MINUTE);

        assertThat(bench.requests())
                .containsExactly(new Fact.EndRequested(EndReason.DEADLINE, TopologyBench.START.plus(MINUTE)));
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldFoldFactsBetweenPiecesOfManyDueEntries() {
        int many = 5_000;
        for (int i = 0; i < many; i++) {
            bench.pending(Samples.id(), Samples.scheduled(Samples.runAt(TopologyBench.START.plus(MINUTE))));
        }

        bench.jump(MINUTE);
        int first = bench.commands().size();
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        assertThat(bench.commands()).isEmpty();
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);

        bench.advance(MINUTE);
        assertThat(first).isBetween(1, 2_000);
        assertThat(bench.commands()).hasSize(many - first);
        assertThat(bench.counters.due()).isEqualTo(many);
        assertThat(bench.due()).isEmpty();
    }
}
