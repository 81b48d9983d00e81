package dev.leat.testkit.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.JobView;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.WorkerId;
import dev.leat.testkit.guarantees.Observations.HandlerRun;
import dev.leat.testkit.guarantees.Observations.Sighting;

/** A checker that finds nothing proves nothing: each is shown a history that breaks its promise. */
class GuaranteesTest {

    private static final JobId JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000001");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ClaimId FIRST = new ClaimId("first");
    private static final ClaimId SECOND = new ClaimId("second");

    private static final WorkerId WORKER = new WorkerId("w");
    private static final Optional<Duration> AGAIN = Optional.of(Duration.ofSeconds(1));

    private static Submission submission(Terms terms) {
        return new Submission(JobTypeName.parse("demo:noop"), Lane.NORMAL, new Json("{}"), List.of(),
                PolicyOverrides.NONE, terms, NOON);
    }

    private static Fact queued() {
        return Fact.JobQueued.first(submission(Terms.NONE));
    }

    private static Fact queued(int attempt) {
        return new Fact.JobQueued(attempt, attempt - 1, submission(Terms.NONE));
    }

    private static Fact started(ClaimId claim) {
        return started(claim, 1);
    }

    private static Fact started(ClaimId claim, int attempt) {
        return new Fact.AttemptStarted(attempt, claim, WORKER, new CommandPosition("leat.jobs.demo.normal", 0, 1),
                AGAIN, NOON);
    }

    private static Fact succeeded(ClaimId claim) {
        return succeeded(claim, 1);
    }

    private static Fact succeeded(ClaimId claim, int attempt) {
        return new Fact.AttemptSucceeded(attempt, claim, new Json("{}"), NOON);
    }

    private static Fact failed(ClaimId claim, int attempt) {
        return new Fact.AttemptFailed(attempt, claim, JobError.of("no", "no"), AGAIN, NOON);
    }

    private static Fact leaseExpired(ClaimId claim) {
        return new Fact.LeaseExpired(1, claim, NOON);
    }

    private static HandlerRun run(ClaimId claim, int attempt, long start, long stop) {
        return new HandlerRun(JOB, attempt, claim, WORKER, start, OptionalLong.of(stop));
    }

    private static Sighting seen(JobState state, long nanos) {
        return new Sighting(JOB, state, nanos);
    }

    private static History history(Fact... facts) {
        Job job = Job.unknown(JOB);
        for (Fact fact : facts) {
            job = JobFold.apply(job, fact);
        }
        Map<JobId, JobView> shown = JobView.of(job).map(view -> Map.of(JOB, view)).orElse(Map.of());
        return new History(Set.of(JOB), recorded(facts), Map.of("projector", shown));
    }

    private static History observed(History history, List<HandlerRun> runs, List<Sighting> sightings) {
        return new History(history.acknowledged(), history.facts(), history.shown(),
                new Observations(runs, sightings, Set.of(), Map.of(), Instant.MIN));
    }

    private static List<History.RecordedFact> recorded(Fact... facts) {
        return Arrays.stream(facts).map(fact -> new History.RecordedFact(JOB, fact)).toList();
    }

    @Test
    void shouldAcceptAHistoryWithoutFault() {
        History history = observed(history(queued(), started(FIRST), new Fact.ClaimAbandoned(1, FIRST, NOON),
                started(SECOND), failed(SECOND, 1), queued(2), started(FIRST, 2), succeeded(FIRST, 2)),
                List.of(run(SECOND, 1, 1, 2), run(FIRST, 2, 3, 4)),
                List.of(seen(JobState.RUNNING, 1), seen(JobState.COMPLETED, 5), seen(JobState.COMPLETED, 6)));

        assertThatCode(() -> Guarantee.assertAllKept(history)).doesNotThrowAnyException();
    }

    @Test
    void shouldFindALostJob() {
        assertThat(new NoLostJob().violations(history())).hasSize(1);
        assertThat(new NoLostJob().violations(history(queued(), started(FIRST)))).singleElement()
                .asString()
                .contains("to end, but it is running");
    }

    @Test
    void shouldFindAnAttemptOfWhichTwoClaimsSayHowItWent() {
        assertThat(new OneLiveAttempt()
                .violations(history(queued(), started(FIRST), succeeded(FIRST), started(SECOND), succeeded(SECOND))))
                .hasSize(1);
        assertThat(new OneLiveAttempt().violations(history(queued(), started(FIRST), leaseExpired(FIRST), queued(2),
                started(SECOND, 2), succeeded(SECOND, 2), succeeded(FIRST)))).isEmpty();
    }

    @Test
    void shouldFindHandlersThatOverlapUnlessTheFirstOnesLeaseWasLost() {
        List<HandlerRun> overlap = List.of(run(FIRST, 1, 10, 30), run(SECOND, 2, 20, 40));
        History released = history(queued(), started(FIRST),
                new Fact.AttemptReleased(1, FIRST, JobError.of("x", "x"), NOON), queued(2), started(SECOND, 2),
                succeeded(SECOND, 2));
        History lost = history(queued(), started(FIRST), leaseExpired(FIRST), queued(2), started(SECOND, 2),
                succeeded(SECOND, 2));

        assertThat(new OneLiveAttempt().violations(observed(released, overlap, List.of()))).singleElement()
                .asString()
                .contains("second", "while claim first was in attempt 1");
        assertThat(new OneLiveAttempt().violations(observed(lost, overlap, List.of()))).isEmpty();
    }

    @Test
    void shouldFindATryTooMany() {
        ClaimId third = new ClaimId("third");
        ClaimId fourth = new ClaimId("fourth");
        History three = history(queued(), started(FIRST), failed(FIRST, 1), queued(2), started(SECOND, 2),
                failed(SECOND, 2), queued(3), started(third, 3), failed(third, 3), queued(4));
        History four = history(queued(), started(FIRST), failed(FIRST, 1), queued(2), started(SECOND, 2),
                failed(SECOND, 2), queued(3), started(third, 3), failed(third, 3), queued(4), started(fourth, 4));
        History fourWithSnooze = history(queued(), started(FIRST),
                new Fact.AttemptSnoozed(1, FIRST, Duration.ofSeconds(1), NOON), queued(2), started(SECOND, 2),
                failed(SECOND, 2), queued(3), started(third, 3), failed(third, 3), queued(4), started(fourth, 4));

        assertThat(new AttemptsBounded().violations(three)).isEmpty();
        assertThat(new AttemptsBounded().violations(four)).singleElement().asString().contains("[1, 2, 3, 4]");
        assertThat(new AttemptsBounded().violations(fourWithSnooze)).isEmpty();
        assertThat(new AttemptsBounded()
                .violations(observed(three, List.of(run(fourth, 4, 1, 2)), List.of()))).hasSize(1);
    }

    @Test
    void shouldFindATerminalJobThatIsShownAsAnythingElseLater() {
        History history = history(queued(), started(FIRST), succeeded(FIRST));

        assertThat(new TerminalAbsorbs().violations(observed(history, List.of(),
                List.of(seen(JobState.COMPLETED, 5), seen(JobState.QUEUED, 6))))).singleElement()
                .asString()
                .contains("to stay completed", "queued");
    }

    @Test
    void shouldFindAnAttemptThatWasQueuedTwice() {
        Terms later = new Terms(Optional.of(NOON), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        Fact released = Fact.JobQueued.first(submission(later));

        assertThat(new RetryOnce().violations(history(queued(), queued(2), queued(2)))).hasSize(1);
        assertThat(new RetryOnce().violations(history(released, released))).hasSize(1);
        assertThat(new RetryOnce().violations(history(queued(), queued()))).as("a submitter was not sure").isEmpty();
    }

    @Test
    void shouldFindAnAttemptThatBeginsAfterItsJobWasSeenAsCancelled() {
        History history = history(queued(), new Fact.JobCancelled(NOON));
        List<Sighting> seen = List.of(seen(JobState.CANCELLED, 10));

        assertThat(new CancelHonoured().violations(observed(history, List.of(run(FIRST, 1, 11, 12)), seen)))
                .hasSize(1);
        assertThat(new CancelHonoured().violations(observed(history, List.of(run(FIRST, 1, 9, 12)), seen)))
                .isEmpty();
    }

    @Test
    void shouldFindTwoOpenJobsOfOneKey() {
        JobId other = JobId.parse("01932d3a-7b4c-7000-8000-000000000002");
        Fact scheduled = new Fact.JobScheduled(submission(new Terms(Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of("key"), Optional.empty())));
        Fact admitted = new Fact.JobAdmitted(NOON);
        List<History.RecordedFact> both = List.of(new History.RecordedFact(JOB, scheduled),
                new History.RecordedFact(other, scheduled), new History.RecordedFact(JOB, admitted));
        List<History.RecordedFact> inTurn = new ArrayList<>(both);
        inTurn.add(new History.RecordedFact(JOB, new Fact.JobCancelled(NOON)));
        inTurn.add(new History.RecordedFact(other, admitted));
        List<History.RecordedFact> together = new ArrayList<>(both);
        together.add(new History.RecordedFact(other, admitted));

        assertThat(new OneOpenJobPerKey().violations(new History(Set.of(), inTurn, Map.of()))).isEmpty();
        assertThat(new OneOpenJobPerKey().violations(new History(Set.of(), together, Map.of()))).hasSize(1);
    }

    @Test
    void shouldFindAStatusThatTheLogDoesNotGive() {
        History shown = history(queued());
        History wrong = new History(shown.acknowledged(),
                recorded(queued(), started(FIRST), succeeded(FIRST)), shown.shown());

        assertThat(new StatusMatchesLog().violations(wrong)).hasSize(1);
        assertThatThrownBy(() -> Guarantee.assertAllKept(wrong)).hasMessageContaining("StatusMatchesLog");
    }

    @Test
    void shouldMissAJobOnlyWhileItMustBeKept() {
        History history = history(queued(), started(FIRST), succeeded(FIRST));
        Set<JobId> none = Set.of();

        assertThat(new StatusMatchesLog().violations(gone(history, none, NOON.plusSeconds(60)))).hasSize(1);
        assertThat(new StatusMatchesLog().violations(gone(history, none, NOON.plus(Duration.ofDays(1))))).isEmpty();
        assertThat(new StatusMatchesLog().violations(gone(history, Set.of(JOB), NOON))).isEmpty();
        assertThat(new StatusMatchesLog().violations(gone(history(queued()), Set.of(JOB), NOON)))
                .as("a job that is open may not go")
                .hasSize(1);
    }

    private static History gone(History history, Set<JobId> forgettable, Instant judgedAt) {
        return new History(history.acknowledged(), history.facts(), Map.of("projector", Map.of()),
                new Observations(List.of(), List.of(), forgettable, Map.of(), judgedAt));
    }

    private static History.RecordedFact fired(JobId job, String schedule, Instant due) {
        return new History.RecordedFact(job, new Fact.JobScheduled(
                submission(Terms.NONE).of(new Origin(Origin.Kind.SCHEDULE, schedule, due.toEpochMilli()))));
    }

    private static History due(Map<String, Set<Instant>> due, History.RecordedFact... facts) {
        return new History(Set.of(), List.of(facts), Map.of(),
                new Observations(List.of(), List.of(), Set.of(), Map.of(), due, Instant.MIN));
    }

    @Test
    void shouldNoticeADueTimeThatSubmitsTwoJobsOrNone() {
        JobId other = JobId.parse("01932d3a-7b4c-7000-8000-000000000002");
        Instant next = NOON.plusSeconds(1);
        Map<String, Set<Instant>> due = Map.of("s", Set.of(NOON, next));

        assertThat(new FiredOncePerDueTime().violations(due(due, fired(JOB, "s", NOON), fired(other, "s", next),
                fired(other, "s", next), fired(other, "t", NOON)))).isEmpty();
        assertThat(new FiredOncePerDueTime().violations(due(Map.of(), fired(JOB, "s", NOON), fired(other, "s", NOON))))
                .containsExactly("Expected due time 2026-01-01T12:00:00Z of schedule s to submit one job, but it"
                        + " submitted [" + JOB + ", " + other + "]");
        assertThat(new FiredOncePerDueTime().violations(due(due, fired(JOB, "s", NOON))))
                .containsExactly(
                        "Expected due time 2026-01-01T12:00:01Z of schedule s to submit a job, but it did not");
    }
}
