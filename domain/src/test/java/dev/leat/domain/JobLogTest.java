package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class JobLogTest {

    private static List<String> messages(JobLog log) {
        return log.entries().stream().map(entry -> entry.line().message()).toList();
    }

    @Test
    void shouldKeepLinesInTheirOrderAndNoneTwice() {
        Job job = fold(queued(), started(CLAIM));

        JobLog log = JobLog.EMPTY.apply(job, logged(CLAIM, 1, 1, "a", "b")).apply(job, logged(CLAIM, 1, 2, "c"));

        assertThat(messages(log)).containsExactly("a", "b", "c");
        assertThat(log.apply(job, logged(CLAIM, 1, 2, "c"))).isSameAs(log);
    }

    @Test
    void shouldKeepTheLinesOfEarlierAttempts() {
        Job first = fold(queued(), started(CLAIM));
        Job second = fold(first, List.of(failedOnce(CLAIM, 1), queued(2), started(OTHER_CLAIM, 2)));

        JobLog log = JobLog.EMPTY.apply(first, logged(CLAIM, 1, 1, "a")).apply(second, logged(OTHER_CLAIM, 2, 1, "b"));

        assertThat(log.entries()).extracting(JobLog.Entry::attempt).containsExactly(1, 2);
        assertThat(log.apply(second, logged(CLAIM, 1, 2, "late"))).as("a line of a claim that is over").isSameAs(log);
    }

    @Test
    void shouldLetOldLinesGoWhereThereAreTooMany() {
        Job job = fold(queued(), started(CLAIM));
        String[] lines = IntStream.range(0, JobLog.MOST_LINES).mapToObj(String::valueOf).toArray(String[]::new);

        JobLog log = JobLog.EMPTY.apply(job, logged(CLAIM, 1, 1, "first")).apply(job, logged(CLAIM, 1, 2, lines));

        assertThat(messages(log)).containsExactly(lines);
        assertThat(log.dropped()).isEqualTo(1);
    }

    @Test
    void shouldLetOldLinesGoWhereTheyAreTooLong() {
        Job job = fold(queued(), started(CLAIM));
        String[] lines = Collections.nCopies(100, "x".repeat(LogLine.MAX_MESSAGE)).toArray(String[]::new);

        JobLog log = JobLog.EMPTY.apply(job, logged(CLAIM, 1, 1, lines));

        assertThat(log.entries()).hasSize(JobLog.MAX_SIZE / LogLine.MAX_MESSAGE);
        assertThat(log.dropped()).isEqualTo(50);
    }

    @Test
    void shouldCutWhatHandlersSay() {
        LogLine line = new LogLine(Instant.EPOCH, LogLine.Level.INFO, "x".repeat(5_000),
                Map.of("k", "v".repeat(5_000)));

        assertThat(line.message()).hasSize(LogLine.MAX_MESSAGE);
        assertThat(line.fields().get("k")).hasSize(LogLine.MAX_FIELD);
    }
}
