package dev.leat.submit.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;

/** What was read from several topics is put into the order in which it came about. */
class LogOrderTest {

    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final JobId FIRST = JobId.draw(AT, new Random(1));
    private static final JobId SECOND = JobId.draw(AT, new Random(2));
    private static final String LANE = "jobs.demo.normal";

    private static LoggedFact queued(JobId job, long offset, long writtenAt) {
        Submission submission = Submission.plain(JobTypeName.parse("demo:noop"), Lane.NORMAL, new Json("{}"), List.of(),
                AT);
        return new LoggedFact(LANE, 0, offset, writtenAt, job, new Fact.JobQueued(1, 0, submission), 0);
    }

    private static LoggedFact started(JobId job, long offset, long writtenAt) {
        return new LoggedFact(LoggedFact.EVENTS, 0, offset, writtenAt, job, new Fact.AttemptStarted(1,
                new ClaimId("claim"), new WorkerId("mill"), new CommandPosition("lane", 0, 0), Optional.empty(), AT),
                0);
    }

    @Test
    void shouldGoByTimeAcrossTopics() {
        LoggedFact queued = queued(FIRST, 7, 100);
        LoggedFact started = started(FIRST, 3, 110);
        LoggedFact later = queued(SECOND, 8, 120);

        assertThat(LogOrder.byCause(List.of(started, queued, later))).containsExactly(queued, started, later);
    }

    @Test
    void shouldKeepTheOrderOfAPartitionWhateverItsTimesSay() {
        LoggedFact ahead = queued(FIRST, 7, 900);
        LoggedFact behind = queued(SECOND, 8, 100);

        assertThat(LogOrder.byCause(List.of(ahead, behind))).containsExactly(ahead, behind);
    }

    @Test
    void shouldPutCommandsBeforeTheStartsThatTheyLeadToThoughClocksDiffer() {
        LoggedFact other = queued(SECOND, 6, 500);
        LoggedFact queued = queued(FIRST, 7, 500);
        LoggedFact started = started(FIRST, 3, 100);
        LoggedFact last = started(SECOND, 4, 110);

        assertThat(LogOrder.byCause(List.of(started, last, other, queued)))
                .containsExactly(other, queued, started, last);
    }
}
