package dev.leat.submit.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.domain.live.JobWatch;

/** In which order facts of several topics are folded, of which one may be read before the other. */
class FactLineTest {

    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final JobId FIRST = JobId.draw(AT, new Random(1));
    private static final JobId SECOND = JobId.draw(AT, new Random(2));
    private static final String LANE = "jobs.demo.normal";
    private static final long SECOND_LONG = Duration.ofSeconds(1).toNanos();

    private final FactLine line = new FactLine();
    private final JobWatch first = new JobWatch(Job.unknown(FIRST));
    private final JobWatch second = new JobWatch(Job.unknown(SECOND));
    private long now = -7;

    private static LoggedFact queued(JobId job, int attempt, long offset, long writtenAt) {
        Submission submission = Submission.plain(JobTypeName.parse("demo:noop"), Lane.NORMAL, new Json("{}"), List.of(),
                AT);
        return new LoggedFact(LANE, 0, offset, writtenAt, job, new Fact.JobQueued(attempt, 0, submission), 0);
    }

    private static LoggedFact started(JobId job, int attempt, long offset, long writtenAt) {
        return new LoggedFact(LoggedFact.EVENTS, 0, offset, writtenAt, job, new Fact.AttemptStarted(attempt,
                new ClaimId("claim-" + attempt), new WorkerId("mill"), new CommandPosition("lane", 0, 0),
                Optional.of(Duration.ZERO), AT), 0);
    }

    private static LoggedFact lost(JobId job, int attempt, long offset, long writtenAt) {
        return new LoggedFact(LoggedFact.EVENTS, 0, offset, writtenAt, job,
                new Fact.LeaseExpired(attempt, new ClaimId("claim-" + attempt), AT), 0);
    }

    private List<LoggedFact> take() {
        Predicate<LoggedFact> isEarly = fact -> watch(fact).isEarly(fact.fact());
        List<LoggedFact> taken = new ArrayList<>();
        for (Optional<LoggedFact> next = line.next(isEarly, now); next.isPresent(); next = line.next(isEarly, now)) {
            watch(next.get()).apply(next.get().fact());
            taken.add(next.get());
        }
        return taken;
    }

    private JobWatch watch(LoggedFact fact) {
        return fact.job().equals(FIRST) ? first : second;
    }

    @Test
    void shouldGoByTimeAcrossTopics() {
        LoggedFact queued = queued(FIRST, 1, 7, 100);
        LoggedFact started = started(FIRST, 1, 3, 110);
        LoggedFact later = queued(SECOND, 1, 8, 120);

        line.add(List.of(started, queued, later));

        assertThat(take()).containsExactly(queued, started, later);
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfAPartitionWhateverItsTimesSay() {
        LoggedFact ahead = queued(FIRST, 1, 7, 900);
        LoggedFact behind = queued(SECOND, 1, 8, 100);

        line.add(List.of(ahead, behind));

        assertThat(take()).containsExactly(ahead, behind);
    }

    @Test
    void shouldPutCommandsBeforeTheStartsThatTheyLeadToThoughClocksDiffer() {
        LoggedFact other = queued(SECOND, 1, 6, 500);
        LoggedFact queued = queued(FIRST, 1, 7, 500);
        LoggedFact started = started(FIRST, 1, 3, 100);
        LoggedFact last = started(SECOND, 1, 4, 110);

        line.add(List.of(started, last, other, queued));

        assertThat(take()).containsExactly(other, queued, started, last);
    }

    @Test
    void shouldHoldBackAStartAndItsPartitionUntilItsCommandComes() {
        LoggedFact started = started(FIRST, 1, 3, 100);
        LoggedFact behind = lost(SECOND, 1, 4, 110);
        LoggedFact other = queued(SECOND, 1, 6, 500);
        LoggedFact queued = queued(FIRST, 1, 7, 500);

        line.add(List.of(started, behind, other));
        assertThat(take()).containsExactly(other);

        line.add(List.of(queued));
        assertThat(take()).containsExactly(queued, started, behind);
    }

    @Test
    void shouldHoldBackTheCommandOfAnotherAttemptUntilTheOneBeforeIsOver() {
        line.add(List.of(queued(FIRST, 1, 1, 10), started(FIRST, 1, 1, 20)));
        take();
        LoggedFact again = queued(FIRST, 2, 2, 30);
        LoggedFact lost = lost(FIRST, 1, 2, 40);

        line.add(List.of(again));
        assertThat(take()).isEmpty();

        line.add(List.of(lost));
        assertThat(take()).containsExactly(lost, again);
    }

    @Test
    void shouldNotWaitForEverForWhatNeverComesNorAgainAfterThat() {
        LoggedFact started = started(FIRST, 1, 3, 100);
        line.add(List.of(started));

        assertThat(take()).isEmpty();
        now += 4 * SECOND_LONG;
        assertThat(take()).isEmpty();
        now += 2 * SECOND_LONG;
        assertThat(take()).containsExactly(started);

        LoggedFact next = started(SECOND, 1, 4, 100);
        line.add(List.of(next));
        assertThat(take()).containsExactly(next);

        now += 61 * SECOND_LONG;
        LoggedFact last = started(SECOND, 2, 5, 100);
        line.add(List.of(last));
        assertThat(take()).isEmpty();
    }
}
