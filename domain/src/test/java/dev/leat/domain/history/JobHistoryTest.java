package dev.leat.domain.history;

import static dev.leat.domain.Facts.CLAIM;
import static dev.leat.domain.Facts.JOB;
import static dev.leat.domain.Facts.NOON;
import static dev.leat.domain.Facts.doubted;
import static dev.leat.domain.Facts.failed;
import static dev.leat.domain.Facts.failedOnce;
import static dev.leat.domain.Facts.queued;
import static dev.leat.domain.Facts.started;
import static dev.leat.domain.Facts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Facts;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;

/** Jobs are submitted at noon, started a second later and end two seconds after that. */
class JobHistoryTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final JobHistory history = new JobHistory(NOON);
    private Instant now = NOON;

    @Test
    void shouldCountStartAndEndAtTheirTimes() {
        now = NOON.plusSeconds(55);

        apply(Job.unknown(JOB), queued(), started(CLAIM), succeeded(CLAIM));

        HistoryBucket bucket = at(NOON, TEN);
        assertThat(bucket.started()).isEqualTo(1);
        assertThat(bucket.completed()).isEqualTo(1);
        assertThat(bucket.failed()).isZero();
        assertThat(bucket.waits().percentile(0.5)).contains(Duration.ofMillis(992)); // 1 s, as the histogram knows it
        assertThat(bucket.runs().total()).isEqualTo(1);
        assertThat(at(now, TEN).started()).isZero();
    }

    @Test
    void shouldCountWhatIsReadFromAStore() {
        Job ended = fold(Job.unknown(JOB), queued(), started(CLAIM), failedOnce(CLAIM, 1), started(CLAIM, 2),
                failed(CLAIM, 2, Optional.empty()));

        history.update(Job.unknown(JOB), ended, NOON.plusSeconds(5));

        now = NOON.plusSeconds(5);
        assertThat(at(NOON, TEN).started()).isEqualTo(2);
        assertThat(at(NOON, TEN).failed()).isEqualTo(1);
        assertThat(at(NOON, TEN).waits().total()).as("of first attempts alone").isEqualTo(1);
        assertThat(at(NOON, TEN).runs().total()).isEqualTo(2);
    }

    @Test
    void shouldTakeBackAStartThatWasNone() {
        Job running = apply(Job.unknown(JOB), queued(), started(CLAIM));

        apply(running, doubted(CLAIM));

        assertThat(at(NOON, TEN).started()).isZero();
        assertThat(at(NOON, TEN).waits().total()).isZero();
    }

    @Test
    void shouldSayHowManyAreInLanesAtTheEndOfEachPiece() {
        Job first = apply(Job.unknown(JOB), queued());
        apply(Job.unknown(other()), queued());
        now = NOON.plusSeconds(25);
        apply(first, started(CLAIM));
        now = NOON.plusSeconds(45);

        assertThat(queuedAt(0)).hasValue(2);
        assertThat(queuedAt(10)).hasValue(2);
        assertThat(queuedAt(20)).hasValue(1);
        assertThat(queuedAt(40)).as("now").hasValue(1);
        assertThat(queuedAt(-10)).as("before it began").isEmpty();
        assertThat(at(NOON, MINUTE).queued()).hasValue(1);
        assertThat(at(NOON.minusSeconds(60), MINUTE).queued()).isEmpty();
    }

    @Test
    void shouldStillKnowAfterAnHourHowManyAreInLanes() {
        Job waits = apply(Job.unknown(JOB), queued());
        now = NOON.plus(Duration.ofHours(2));

        assertThat(queuedAt(7_200 - 3_590)).hasValue(1);
        assertThat(queuedAt(7_200)).hasValue(1);

        apply(waits, started(CLAIM));
        assertThat(queuedAt(7_190)).hasValue(1);
        assertThat(queuedAt(7_200)).hasValue(0);
    }

    @Test
    void shouldForgetWhatIsOlderThanAnHour() {
        apply(Job.unknown(JOB), queued(), started(CLAIM), succeeded(CLAIM));
        now = NOON.plus(Duration.ofHours(1)).plusSeconds(10);

        List<HistoryBucket> hour = history.lastHour(Optional.empty(), TEN, now);

        assertThat(hour).hasSize(360);
        assertThat(hour).allSatisfy(bucket -> assertThat(bucket.started()).isZero());
        apply(Job.unknown(other()), queued(), started(CLAIM), succeeded(CLAIM));
        assertThat(history.lastHour(Optional.empty(), TEN, now)).as("nor of what comes late")
                .allSatisfy(bucket -> assertThat(bucket.completed()).isZero());
    }

    @Test
    void shouldKeepTimesThatAreAheadUntilTheyHaveCome() {
        now = NOON.minusSeconds(60);
        apply(Job.unknown(JOB), queued(), started(CLAIM), succeeded(CLAIM));
        assertThat(history.lastHour(Optional.empty(), TEN, now)).allSatisfy(bucket -> assertThat(bucket.started())
                .isZero());

        now = NOON;

        assertThat(at(NOON, TEN).completed()).isEqualTo(1);
    }

    @Test
    void shouldTellPluginsApart() {
        apply(Job.unknown(JOB), queued(), started(CLAIM));

        assertThat(history.lastHour(Optional.of("demo"), TEN, now).getLast().started()).isEqualTo(1);
        assertThat(history.lastHour(Optional.of("other"), TEN, now).getLast().started()).isZero();
        assertThat(history.lastHour(Optional.of("other"), TEN, now).getLast().queued()).hasValue(0);
    }

    @Test
    void shouldMakeWholeMinutes() {
        now = NOON.plusSeconds(95);
        apply(Job.unknown(JOB), queued(), started(CLAIM), succeeded(CLAIM));

        List<HistoryBucket> hour = history.lastHour(Optional.empty(), MINUTE, now);

        assertThat(hour).hasSize(60);
        assertThat(hour.getLast().number()).isEqualTo(NOON.plusSeconds(60).getEpochSecond() / 60);
        assertThat(hour.get(58).completed()).isEqualTo(1);
        assertThat(hour.get(58).runs().total()).isEqualTo(1);
    }

    private OptionalLong queuedAt(long second) {
        return at(NOON.plusSeconds(second), TEN).queued();
    }

    private HistoryBucket at(Instant time, Duration width) {
        return history.lastHour(Optional.empty(), width, now)
                .stream()
                .filter(bucket -> bucket.number() == time.getEpochSecond() / width.toSeconds())
                .findFirst()
                .orElseThrow();
    }

    private static JobId other() {
        return JobId.draw(NOON, new Random(3));
    }

    private Job apply(Job job, Fact... facts) {
        Job current = job;
        for (Fact fact : facts) {
            Job next = JobFold.apply(current, fact);
            history.update(current, next, now);
            current = next;
        }
        return current;
    }

    private static Job fold(Job job, Fact... facts) {
        return Facts.fold(job, List.of(facts));
    }
}
