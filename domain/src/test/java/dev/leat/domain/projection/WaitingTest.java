package dev.leat.domain.projection;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Request;
import dev.leat.domain.Waits;

/** Jobs that wait for others. */
class WaitingTest {

    private static final Duration RETENTION = Duration.ofHours(1);
    private static final Instant NOW = NOON.plusSeconds(3_600);

    private final Projection projection = new Projection(RETENTION);
    private final Job waiting = fold(queued(), started(CLAIM), waiting(CLAIM, 1, OTHER_JOB, THIRD_JOB));

    private List<Effect> after(Job before, Fact fact) {
        return projection.folded(before, JobFold.apply(before, fact), fact, new MapOfHolders(new HashMap<>()), NOW);
    }

    private static Effect watch(JobId awaited) {
        return new Effect.Tell(awaited, new Fact.JobWatched(new Waits.Watcher(JOB, 2), NOW));
    }

    private static Effect tell(JobId watcher, int attempt, AwaitedJob end) {
        return new Effect.Tell(watcher, new Fact.AwaitedEnded(attempt, end, NOW));
    }

    private static AwaitedJob completed() {
        return new AwaitedJob(JOB, Optional.of(JobState.COMPLETED), Optional.of(new Json("{\"count\":4}")),
                Optional.empty());
    }

    @Test
    void shouldTellThoseForWhichAJobBeginsToWait() {
        assertThat(after(fold(queued(), started(CLAIM)), waiting(CLAIM, 1, OTHER_JOB, THIRD_JOB)))
                .containsExactly(watch(OTHER_JOB), watch(THIRD_JOB));
    }

    @Test
    void shouldQueueTheNextAttemptOnceWithAllEndsWhenTheLastOneHasEnded() {
        Job half = JobFold.apply(waiting, awaitedEnded(2, THIRD_JOB));
        Job over = JobFold.apply(half, awaitedEnded(2, OTHER_JOB));

        assertThat(after(waiting, awaitedEnded(2, THIRD_JOB))).isEmpty();
        assertThat(after(half, awaitedEnded(2, OTHER_JOB))).containsExactly(new Effect.Queue(new Fact.JobQueued(2, 0,
                queued().submission(), Optional.empty(), List.of(awaitedEnded(2, OTHER_JOB).ended(),
                        awaitedEnded(2, THIRD_JOB).ended()))));
        assertThat(after(over, awaitedEnded(2, OTHER_JOB))).isEmpty();
        assertThat(after(JobFold.apply(over, started(OTHER_CLAIM, 2)), abandoned(OTHER_CLAIM, 2)))
                .as("a claim of an attempt whose command was not read yet").isEmpty();
    }

    @Test
    void shouldQueueAtOnceWhereAJobWaitsForNobody() {
        assertThat(after(fold(queued(), started(CLAIM)), waiting(CLAIM, 1)))
                .containsExactly(new Effect.Queue(new Fact.JobQueued(2, 0, queued().submission())));
    }

    @Test
    void shouldComeBackToAnAttemptWhoseCommandIsNotKnownWhenTheWaitIsOver() {
        Job unknown = fold(started(CLAIM), waiting(CLAIM, 1, OTHER_JOB));

        assertThat(after(unknown, awaitedEnded(2, OTHER_JOB)))
                .containsExactly(new Effect.Schedule(NOW.plusSeconds(1), new DueAction.Retry(2)));
    }

    @Test
    void shouldNotGoOnWithAJobThatIsWantedToEnd() {
        assertThat(after(waiting, wanted(EndReason.CANCEL)))
                .containsExactly(new Effect.Decide(new Fact.JobCancelled(NOW)));
        Job unwanted = fold(waiting, List.of(wanted(EndReason.CANCEL), awaitedEnded(2, OTHER_JOB)));

        assertThat(after(unwanted, awaitedEnded(2, THIRD_JOB))).isEmpty();
        assertThat(JobFold.apply(unwanted, cancelled()).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void shouldAnswerThoseWhoWaitWhenTheJobEnds() {
        Job running = fold(queued(), watched(THIRD_JOB, 5), watched(OTHER_JOB, 2), started(CLAIM));

        assertThat(after(running, succeeded(CLAIM))).contains(tell(OTHER_JOB, 2, completed()),
                tell(THIRD_JOB, 5, completed()));
        assertThat(after(running, failedOnce(CLAIM, 1))).noneMatch(Effect.Tell.class::isInstance);
    }

    @Test
    void shouldAnswerAtOnceWhereTheJobHasEnded() {
        Job ended = fold(queued(), started(CLAIM), succeeded(CLAIM));

        assertThat(after(ended, watched(OTHER_JOB, 2))).containsExactly(tell(OTHER_JOB, 2, completed()));
    }

    @Test
    void shouldSayAfterAMomentThatNobodyKnowsTheJob() {
        Job unknown = fold(watched(OTHER_JOB, 2));

        assertThat(after(fold(), watched(OTHER_JOB, 2))).containsExactly(
                new Effect.Schedule(NOW.plus(RETENTION), new DueAction.Purge()),
                new Effect.Schedule(NOW.plusSeconds(60), new DueAction.Disown()));
        assertThat(projection.due(unknown, new DueAction.Disown(), NOW))
                .containsExactly(tell(OTHER_JOB, 2, AwaitedJob.unknown(JOB)));
        assertThat(projection.due(JobFold.apply(unknown, queued()), new DueAction.Disown(), NOW))
                .as("a job that has been submitted meanwhile").isEmpty();
        assertThat(projection.due(unknown, new DueAction.Purge(), NOW)).as("a retention shorter than the moment")
                .containsExactly(tell(OTHER_JOB, 2, AwaitedJob.unknown(JOB)), new Effect.Forget(JOB));
    }

    @Test
    void shouldAnswerThoseWhoWaitForAJobThatWasForgottenWhenALateCommandOfItComes() {
        assertThat(after(fold(watched(OTHER_JOB, 2)), queued(2)))
                .containsExactly(tell(OTHER_JOB, 2, AwaitedJob.unknown(JOB)), new Effect.Forget(JOB));
    }

    @Test
    void shouldNotRetryAJobThatWaits() {
        assertThat(projection.due(waiting, new DueAction.Retry(2), NOW)).isEmpty();
    }

    @Test
    void shouldForgetAJobThatHasEndedWithoutAnotherWord() {
        Request forget = new Request.Forget(NOW);
        Job ended = fold(queued(), watched(OTHER_JOB, 2), started(CLAIM), succeeded(CLAIM));

        assertThat(projection.requested(ended, forget)).containsExactly(new Effect.Forget(JOB));
    }
}
