package dev.leat.domain.projection;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Request;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

class ProjectionTest {

    private static final Duration RETENTION = Duration.ofHours(1);
    private static final Instant NOW = NOON.plusSeconds(3_600);
    private static final Terms AT_ONE = new Terms(Optional.of(NOW.plusSeconds(60)), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    private final Projection projection = new Projection(RETENTION);
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final MapOfHolders holders = new MapOfHolders(jobs);

    private List<Effect> after(Job before, Fact fact) {
        return projection.folded(before, JobFold.apply(before, fact), fact, holders, NOW);
    }

    private static Fact.JobScheduled pending(Terms terms) {
        return new Fact.JobScheduled(submission(terms));
    }

    private static Terms terms(Optional<Instant> runAt, Optional<Instant> expiresAt, Optional<Instant> deadline) {
        return new Terms(runAt, expiresAt, deadline, Optional.empty(), Optional.empty());
    }

    @Test
    void shouldDoNothingAboutAPlainJobThatIsQueuedAndRuns() {
        assertThat(after(fold(), queued())).isEmpty();
        assertThat(after(fold(queued()), started(CLAIM))).isEmpty();
    }

    @Test
    void shouldPutAJobIntoItsLaneWhenItsTimeHasCome() {
        Job scheduled = fold(pending(AT_ONE));

        assertThat(after(fold(), pending(AT_ONE)))
                .containsExactly(new Effect.Schedule(NOW.plusSeconds(60), new DueAction.Release()));
        assertThat(projection.due(scheduled, new DueAction.Release(), NOW))
                .containsExactly(new Effect.Queue(Fact.JobQueued.first(submission(AT_ONE))));
    }

    @Test
    void shouldPutAJobIntoItsLaneAtOnceWhoseTimeHasPassed() {
        Terms past = terms(Optional.of(NOW.minusSeconds(1)), Optional.empty(), Optional.empty());

        assertThat(after(fold(), pending(past)))
                .containsExactly(new Effect.Queue(Fact.JobQueued.first(submission(past))));
    }

    @Test
    void shouldNotReleaseAJobThatIsInItsLaneOrUnwanted() {
        assertThat(projection.due(fold(pending(AT_ONE), queued()), new DueAction.Release(), NOW)).isEmpty();
        assertThat(projection.due(fold(pending(AT_ONE), wanted(EndReason.CANCEL)), new DueAction.Release(), NOW))
                .isEmpty();
        assertThat(after(fold(wanted(EndReason.CANCEL)), pending(AT_ONE)))
                .contains(new Effect.Decide(new Fact.JobCancelled(NOW)));
    }

    @Test
    void shouldLetARetryWaitOnItsOwnClock() {
        assertThat(after(fold(queued(), started(CLAIM)), failedOnce(CLAIM, 1)))
                .containsExactly(new Effect.Schedule(NOW.plus(WAIT), new DueAction.Retry(2)));
    }

    @Test
    void shouldQueueAReleasedJobAtOnce() {
        assertThat(after(fold(queued(), started(CLAIM)), released(CLAIM, 1)))
                .containsExactly(new Effect.Queue(new Fact.JobQueued(2, 0, queued().submission())));
    }

    @Test
    void shouldQueueARetryWithTheTriesSpentWhenItIsDue() {
        Job retrying = fold(queued(), started(CLAIM), snoozed(CLAIM, 1), queued(2), started(CLAIM, 2),
                failedOnce(CLAIM, 2));

        assertThat(projection.due(retrying, new DueAction.Retry(3), NOW))
                .containsExactly(new Effect.Queue(new Fact.JobQueued(3, 1, queued().submission())));
        assertThat(projection.due(retrying, new DueAction.Retry(2), NOW)).as("an old entry").isEmpty();
        assertThat(projection.due(JobFold.apply(retrying, queued(3)), new DueAction.Retry(3), NOW)).isEmpty();
    }

    @Test
    void shouldGiveTheNextAttemptWhatThisOneHasLeft() {
        Job running = fold(queued(), started(CLAIM), checkpointed(CLAIM, 1, 1, "half"));

        assertThat(after(running, released(CLAIM, 1))).containsExactly(
                new Effect.Queue(new Fact.JobQueued(2, 0, queued().submission(), Optional.of(checkpoint("half")))));
    }

    @Test
    void shouldTellTheSubmitterOfTheEndOnceAlsoWhereTheCommandComesLast() {
        Fact.JobQueued command = Fact.JobQueued
                .first(queued().submission().of(new Origin(Origin.Kind.BATCH, "batch", 3)));
        Job ended = fold(started(CLAIM), succeeded(CLAIM));

        assertThat(after(fold(command, started(CLAIM)), succeeded(CLAIM)))
                .contains(
                        new Effect.Notify(JobNotice.of(fold(command, started(CLAIM), succeeded(CLAIM))).orElseThrow()));
        assertThat(after(ended, command)).containsExactly(
                new Effect.Notify(JobNotice.of(JobFold.apply(ended, command)).orElseThrow()));
        assertThat(after(JobFold.apply(ended, command), command)).isEmpty();
    }

    @Test
    void shouldKeepARetryWaitingWhoseCommandHasNotBeenSeen() {
        Job retrying = fold(started(CLAIM), released(CLAIM, 1));

        assertThat(after(fold(started(CLAIM)), released(CLAIM, 1)))
                .containsExactly(new Effect.Schedule(NOW, new DueAction.Retry(2)));
        assertThat(projection.due(retrying, new DueAction.Retry(2), NOW))
                .containsExactly(new Effect.Schedule(NOW.plusSeconds(1), new DueAction.Retry(2)));
    }

    @Test
    void shouldNotBePutOutByARetryThatIsAskedForBeforeAllTime() {
        Fact.AttemptSnoozed early = new Fact.AttemptSnoozed(1, CLAIM, WAIT, Instant.MIN);

        assertThat(after(fold(queued(), started(CLAIM)), early))
                .containsExactly(new Effect.Schedule(NOW.plus(WAIT), new DueAction.Retry(2)));
    }

    @Test
    void shouldAskForTheEndOfAJobThatHasWaitedOrTakenTooLong() {
        Terms limits = terms(Optional.empty(), Optional.of(NOW.plusSeconds(5)), Optional.of(NOW.plusSeconds(9)));
        Fact.JobQueued command = Fact.JobQueued.first(submission(limits));

        assertThat(after(fold(), command)).containsExactly(
                new Effect.Schedule(NOW.plusSeconds(5), new DueAction.Expire()),
                new Effect.Schedule(NOW.plusSeconds(9), new DueAction.TimeOut()));
        assertThat(projection.due(fold(command), new DueAction.Expire(), NOW))
                .containsExactly(new Effect.Ask(new Fact.EndRequested(EndReason.EXPIRE, NOW)));
        assertThat(projection.due(fold(command, started(CLAIM)), new DueAction.TimeOut(), NOW))
                .containsExactly(new Effect.Ask(new Fact.EndRequested(EndReason.DEADLINE, NOW)));
    }

    @Test
    void shouldNotAskForTheEndOfAJobThatHasEndedOrIsAskedToOrWasTaken() {
        assertThat(projection.due(fold(queued(), cancelled()), new DueAction.TimeOut(), NOW)).isEmpty();
        assertThat(projection.due(fold(queued(), wanted(EndReason.EXPIRE)), new DueAction.Expire(), NOW)).isEmpty();
        assertThat(projection.due(fold(queued(), started(CLAIM), failedOnce(CLAIM, 1)), new DueAction.Expire(), NOW))
                .isEmpty();
    }

    @Test
    void shouldDecideToEndAnUnwantedJobEachTimeThatItBeginsToWait() {
        Job unwanted = fold(queued(), wanted(EndReason.CANCEL));
        Job running = JobFold.apply(unwanted, started(CLAIM));
        Effect decision = new Effect.Decide(new Fact.JobCancelled(NOW));

        assertThat(after(fold(queued()), wanted(EndReason.CANCEL))).containsExactly(decision);
        assertThat(after(unwanted, wanted(EndReason.CANCEL))).isEmpty();
        assertThat(after(unwanted, started(CLAIM))).isEmpty();
        assertThat(after(running, abandoned(CLAIM))).containsExactly(decision);
        assertThat(after(running, failedOnce(CLAIM, 1))).contains(decision);
    }

    @Test
    void shouldDecideByTheReason() {
        assertThat(after(fold(queued()), wanted(EndReason.DEADLINE)))
                .containsExactly(new Effect.Decide(new Fact.JobTimedOut(NOW)));
        assertThat(after(fold(queued()), wanted(EndReason.EXPIRE)))
                .containsExactly(new Effect.Decide(new Fact.JobExpired(NOW)));
    }

    /** The decision that it has expired is in the log, and will not count, for a silent worker has run it after all. */
    @Test
    void shouldDecideAgainWhenTheReasonChangesOrAnAttemptEnds() {
        Job expiring = fold(queued(), started(CLAIM), doubted(CLAIM), wanted(EndReason.EXPIRE));
        Job cancelled = JobFold.apply(expiring, wanted(EndReason.CANCEL));

        assertThat(after(expiring, wanted(EndReason.CANCEL)))
                .containsExactly(new Effect.Decide(new Fact.JobCancelled(NOW)));
        assertThat(after(cancelled, failedOnce(CLAIM, 1))).contains(new Effect.Decide(new Fact.JobCancelled(NOW)));
    }

    @Test
    void shouldTellAWorkerToStopAClaimWhoseLeaseHasExpired() {
        Effect stop = new Effect.Ask(new Request.StopClaim(CLAIM, NOW));

        assertThat(after(fold(queued(), started(CLAIM)), leaseExpired(CLAIM))).contains(stop);
        assertThat(after(fold(queued(), started(CLAIM, 1, Optional.empty())), leaseExpired(CLAIM))).contains(stop);
        assertThat(after(fold(queued(), started(CLAIM), started(OTHER_CLAIM)), leaseExpired(CLAIM)))
                .as("it does not count, so the claim is still open")
                .isEmpty();
    }

    @Test
    void shouldTellAWorkerToStopAClaimThatCameTooLate() {
        Effect stop = new Effect.Ask(new Request.StopClaim(OTHER_CLAIM, NOW));

        assertThat(after(fold(queued(), cancelled()), started(OTHER_CLAIM))).containsExactly(stop);
        assertThat(after(fold(queued(), started(CLAIM), failedOnce(CLAIM, 1)), started(OTHER_CLAIM)))
                .containsExactly(stop);
        assertThat(after(fold(queued(), started(CLAIM), succeeded(CLAIM)), started(CLAIM)))
                .as("a second copy of a start that counted")
                .isEmpty();
        assertThat(after(fold(queued(), started(CLAIM), abandoned(CLAIM)), started(CLAIM)))
                .as("a second copy of a start that was taken back")
                .isEmpty();
    }

    @Test
    void shouldKeepAJobThatHasEndedForAsLongAsItSays() {
        assertThat(after(fold(queued()), cancelled()))
                .containsExactly(new Effect.Schedule(NOW.plus(RETENTION), new DueAction.Purge()));

        Submission plain = queued().submission();
        Submission own = new Submission(plain.type(), plain.lane(), plain.params(), plain.tags(),
                new PolicyOverrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ZERO)),
                plain.terms(), plain.submittedAt());
        assertThat(after(fold(Fact.JobQueued.first(own)), cancelled()))
                .containsExactly(new Effect.Schedule(NOW, new DueAction.Purge()));
    }

    @Test
    void shouldForgetAJobOnlyWhenItHasEnded() {
        Job running = fold(queued(), started(CLAIM));
        Job ended = JobFold.apply(running, succeeded(CLAIM));
        Request forget = new Request.Forget(NOW);

        assertThat(projection.due(running, new DueAction.Purge(), NOW)).isEmpty();
        assertThat(projection.requested(running, forget)).isEmpty();
        assertThat(projection.due(ended, new DueAction.Purge(), NOW)).containsExactly(new Effect.Forget(JOB));
        assertThat(projection.requested(ended, forget)).containsExactly(new Effect.Forget(JOB));
        assertThat(projection.requested(ended, new Request.StopClaim(CLAIM, NOW))).isEmpty();
    }

    @Test
    void shouldForgetFactsOfAJobWhoseCommandNeverCame() {
        assertThat(after(fold(), started(CLAIM)))
                .containsExactly(new Effect.Schedule(NOW.plus(RETENTION), new DueAction.Purge()));
        assertThat(after(fold(started(CLAIM)), started(OTHER_CLAIM))).isEmpty();
        assertThat(projection.due(fold(started(CLAIM)), new DueAction.Purge(), NOW))
                .containsExactly(new Effect.Forget(JOB));
    }

    @Test
    void shouldNotBringBackAJobThatWasForgottenWhenACommandOfItIsReadLater() {
        assertThat(after(fold(), queued(2))).containsExactly(new Effect.Forget(JOB));
        assertThat(after(fold(wanted(EndReason.CANCEL)), queued(2)))
                .as("it was cancelled after it had been forgotten")
                .containsExactly(new Effect.Forget(JOB));
    }

    @Test
    void shouldNotForgetAJobWhoseFirstCommandMayBeOnTheWayThroughItsLane() {
        Terms terms = new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("k"),
                Optional.empty());
        Job ended = fold(pending(terms), cancelled());

        assertThat(projection.requested(ended, new Request.Forget(NOW)))
                .containsExactly(new Effect.Schedule(NOW.plusSeconds(60), new DueAction.Purge()));
        assertThat(projection.requested(JobFold.apply(ended, queued()), new Request.Forget(NOW)))
                .contains(new Effect.Forget(JOB));
    }

    /** A worker may have read the command and rejected the job before the projector has read it back. */
    @Test
    void shouldKeepARejectedJobWhoseCommandMayBeOnTheWayThroughItsLane() {
        Submission due = submission(AT_ONE);
        Submission brief = new Submission(due.type(), due.lane(), due.params(), due.tags(),
                new PolicyOverrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ZERO)),
                due.terms(), due.submittedAt());

        assertThat(after(fold(new Fact.JobScheduled(brief)), rejected()))
                .containsExactly(new Effect.Schedule(NOW.plusSeconds(60), new DueAction.Purge()));
        assertThat(after(fold(new Fact.JobScheduled(brief), Fact.JobQueued.first(brief)), rejected()))
                .containsExactly(new Effect.Schedule(NOW, new DueAction.Purge()));
    }

    @Test
    void shouldScheduleWithinTheTimesThatAnIndexCanOrder() {
        assertThat(new Effect.Schedule(Instant.MAX, new DueAction.Purge()).at())
                .isEqualTo(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(new Effect.Schedule(Instant.MIN, new DueAction.Purge()).at()).isEqualTo(Instant.EPOCH);
    }
}
