package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobId;

class CancellationsTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final Cancellations cancellations = new Cancellations();

    @Test
    void shouldKnowWhatWasAdded() {
        cancellations.add(job(1), START);

        assertThat(cancellations.contains(job(1))).isTrue();
        assertThat(cancellations.contains(job(2))).isFalse();
    }

    @Test
    void shouldForgetWhatIsOlderThanAnyCommandOfItsLane() {
        cancellations.add(job(1), START);
        cancellations.add(job(2), START.plus(Duration.ofDays(7)));
        assertThat(cancellations.contains(job(1))).isTrue();

        cancellations.add(job(3), START.plus(Duration.ofDays(9)));

        assertThat(cancellations.contains(job(1))).isFalse();
        assertThat(cancellations.contains(job(2))).isTrue();
    }

    @Test
    void shouldKeepJobThatWasCancelledAgain() {
        cancellations.add(job(1), START);
        cancellations.add(job(1), START.plus(Duration.ofDays(5)));

        cancellations.add(job(2), START.plus(Duration.ofDays(9)));

        assertThat(cancellations.contains(job(1))).isTrue();
    }

    private static JobId job(int number) {
        return new JobId(new UUID(0, number));
    }
}
