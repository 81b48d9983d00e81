package dev.leat.testkit.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.JobView;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;

/** A checker that finds nothing proves nothing: each is shown a history that breaks its promise. */
class GuaranteesTest {

    private static final JobId JOB = JobId.parse("01932d3a-7b4c-7000-8000-000000000001");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ClaimId FIRST = new ClaimId("first");
    private static final ClaimId SECOND = new ClaimId("second");

    private static Fact queued() {
        return Fact.JobQueued.first(
                Submission.plain(JobTypeName.parse("demo:noop"), Lane.NORMAL, new Json("{}"), List.of(), NOON));
    }

    private static Fact started(ClaimId claim) {
        return new Fact.AttemptStarted(1, claim, new WorkerId("w"), new CommandPosition("leat.jobs.demo.normal", 0, 1),
                Optional.empty(), NOON);
    }

    private static Fact succeeded(ClaimId claim) {
        return new Fact.AttemptSucceeded(1, claim, new Json("{}"), NOON);
    }

    private static History history(Fact... facts) {
        Job job = Job.unknown(JOB);
        for (Fact fact : facts) {
            job = JobFold.apply(job, fact);
        }
        Map<JobId, JobView> shown = JobView.of(job).map(view -> Map.of(JOB, view)).orElse(Map.of());
        return new History(Set.of(JOB), recorded(facts), Map.of("projector", shown));
    }

    private static List<History.RecordedFact> recorded(Fact... facts) {
        return Arrays.stream(facts).map(fact -> new History.RecordedFact(JOB, fact)).toList();
    }

    @Test
    void shouldAcceptAHistoryWithoutFault() {
        History history = history(queued(), started(FIRST), new Fact.ClaimAbandoned(1, FIRST, NOON), started(SECOND),
                succeeded(SECOND));

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
    void shouldFindAnAttemptThatRanTwice() {
        assertThat(new OneLiveAttempt().violations(history(queued(), started(FIRST), started(SECOND)))).hasSize(1);
        assertThat(new OneLiveAttempt()
                .violations(history(queued(), started(FIRST), succeeded(FIRST), started(SECOND), succeeded(SECOND))))
                .hasSize(1);
    }

    @Test
    void shouldFindAStatusThatTheLogDoesNotGive() {
        History shown = history(queued());
        History wrong = new History(shown.acknowledged(),
                recorded(queued(), started(FIRST), succeeded(FIRST)), shown.shown());

        assertThat(new StatusMatchesLog().violations(wrong)).hasSize(1);
        assertThatThrownBy(() -> Guarantee.assertAllKept(wrong)).hasMessageContaining("StatusMatchesLog");
    }
}
