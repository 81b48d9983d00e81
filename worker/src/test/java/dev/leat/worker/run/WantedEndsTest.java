package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.leat.domain.EndReason;
import dev.leat.domain.JobId;

class WantedEndsTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final WantedEnds ends = new WantedEnds();

    @Test
    void shouldKnowWhatWasAdded() {
        ends.add(job(1), EndReason.CANCEL, START);

        assertThat(ends.unwanted(job(1), 1)).hasValue(EndReason.CANCEL);
        assertThat(ends.unwanted(job(1), 7)).hasValue(EndReason.CANCEL);
        assertThat(ends.unwanted(job(2), 1)).isEmpty();
    }

    @Test
    void shouldLetOnlyTheFirstAttemptExpire() {
        ends.add(job(1), EndReason.EXPIRE, START);

        assertThat(ends.unwanted(job(1), 1)).hasValue(EndReason.EXPIRE);
        assertThat(ends.unwanted(job(1), 2)).isEmpty();
    }

    @Test
    void shouldNameTheWeightiestReason() {
        ends.add(job(1), EndReason.EXPIRE, START);
        ends.add(job(1), EndReason.DEADLINE, START);
        assertThat(ends.unwanted(job(1), 1)).hasValue(EndReason.DEADLINE);

        ends.add(job(1), EndReason.CANCEL, START);

        assertThat(ends.unwanted(job(1), 1)).hasValue(EndReason.CANCEL);
    }

    @Test
    void shouldForgetWhatIsOlderThanAnyCommandOfItsLane() {
        ends.add(job(1), EndReason.CANCEL, START);
        ends.add(job(2), EndReason.CANCEL, START.plus(Duration.ofDays(7)));
        assertThat(ends.unwanted(job(1), 1)).isPresent();

        ends.add(job(3), EndReason.CANCEL, START.plus(Duration.ofDays(9)));

        assertThat(ends.unwanted(job(1), 1)).isEmpty();
        assertThat(ends.unwanted(job(2), 1)).isPresent();
    }

    @Test
    void shouldKeepJobThatWasCancelledAgain() {
        ends.add(job(1), EndReason.CANCEL, START);
        ends.add(job(1), EndReason.CANCEL, START.plus(Duration.ofDays(5)));

        ends.add(job(2), EndReason.CANCEL, START.plus(Duration.ofDays(9)));

        assertThat(ends.unwanted(job(1), 1)).isPresent();
    }

    private static JobId job(int number) {
        return new JobId(new UUID(0, number));
    }
}
