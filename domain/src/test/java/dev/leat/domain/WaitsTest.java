package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class WaitsTest {

    private final Job waiting = fold(queued(), started(CLAIM), waiting(CLAIM, 1, OTHER_JOB, THIRD_JOB));

    @Test
    void shouldWaitUntilAllHaveEnded() {
        Job half = JobFold.apply(waiting, awaitedEnded(2, THIRD_JOB));
        Job over = JobFold.apply(half, awaitedEnded(2, OTHER_JOB));

        assertThat(waiting.state()).isEqualTo(JobState.RETRYING);
        assertThat(waiting.attempt()).isEqualTo(2);
        assertThat(waiting.attempts().spent()).isZero();
        assertThat(waiting.stillAwaited()).containsExactly(OTHER_JOB, THIRD_JOB);
        assertThat(half.stillAwaited()).containsExactly(OTHER_JOB);
        assertThat(half.isWaitOver()).isFalse();
        assertThat(over.isWaitOver()).isTrue();
        assertThat(over.awaitedEnds()).extracting(AwaitedJob::job).containsExactly(OTHER_JOB, THIRD_JOB);
    }

    @Test
    void shouldNotTakeTheEndOfAnEarlierWaitForItsOwn() {
        Job again = fold(waiting, List.of(awaitedEnded(2, OTHER_JOB), awaitedEnded(2, THIRD_JOB), queued(2),
                started(OTHER_CLAIM, 2), waiting(OTHER_CLAIM, 2, OTHER_JOB)));

        assertThat(again.stillAwaited()).containsExactly(OTHER_JOB);
        assertThat(JobFold.apply(again, awaitedEnded(2, OTHER_JOB, "2"))).isSameAs(again);
        assertThat(JobFold.apply(again, awaitedEnded(3, OTHER_JOB)).isWaitOver()).isTrue();
    }

    @Test
    void shouldWaitForNobodyAfterAnAttemptThatEndsOtherwise() {
        Job later = fold(waiting, List.of(awaitedEnded(2, OTHER_JOB), awaitedEnded(2, THIRD_JOB), queued(2),
                started(OTHER_CLAIM, 2), failedOnce(OTHER_CLAIM, 2)));

        assertThat(later.stillAwaited()).isEmpty();
        assertThat(later.isWaitOver()).isFalse();
        assertThat(later.awaitedEnds()).isEmpty();
    }

    @Test
    void shouldCountTheFirstEndOfAJob() {
        Job told = fold(waiting, List.of(awaitedEnded(2, OTHER_JOB, "1"), awaitedEnded(2, OTHER_JOB, "2")));

        assertThat(told.awaitedEnds()).extracting(AwaitedJob::result).containsExactly(Optional.of(new Json("1")));
    }

    @Test
    void shouldTellDetailsOnlyAsFarAsTheyAreShortTogether() {
        String large = "x".repeat(AwaitedJob.MAX_DETAIL - 3);
        AwaitedJob failed = new AwaitedJob(THIRD_JOB, Optional.of(JobState.FAILED), Optional.empty(),
                Optional.of(JobError.of("handler-failed", "1234")));
        Job over = fold(waiting, List.of(awaitedEnded(2, OTHER_JOB, large), new Fact.AwaitedEnded(2, failed, NOON)));

        assertThat(over.awaitedEnds()).containsExactly(awaitedEnded(2, OTHER_JOB, large).ended(),
                new AwaitedJob(THIRD_JOB, Optional.of(JobState.FAILED), Optional.empty(),
                        Optional.of(JobError.of("handler-failed", ""))));
        assertThat(new AwaitedJob(JOB, Optional.of(JobState.COMPLETED),
                Optional.of(new Json("x".repeat(AwaitedJob.MAX_DETAIL + 1))), Optional.empty()).result()).isEmpty();
    }

    @Test
    void shouldShowForWhomItWaits() {
        assertThat(JobView.of(waiting).orElseThrow().waitingFor()).contains(List.of(OTHER_JOB, THIRD_JOB));
        assertThat(JobView.of(waiting).orElseThrow().nextAttemptAt()).isEmpty();
        assertThat(JobView.of(JobFold.apply(waiting, queued(2))).orElseThrow().waitingFor()).isEmpty();
        assertThat(JobView.of(fold(queued())).orElseThrow().waitingFor()).isEmpty();
    }
}
