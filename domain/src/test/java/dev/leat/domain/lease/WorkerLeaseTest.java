package dev.leat.domain.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerLeaseTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_000 * SECOND;

    private static WorkerLease lease(long startNanos) {
        return new WorkerLease(Duration.ofSeconds(10), startNanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, START, -START, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void shouldBeSureForSixtyPercentOfTheLeaseAfterABeatWasSent(long start) {
        WorkerLease lease = lease(start);

        lease.acknowledged(start + SECOND, start + 2 * SECOND);

        assertThat(lease.isSure(start + 7 * SECOND - 1)).isTrue();
        assertThat(lease.isSure(start + 7 * SECOND)).isFalse();
    }

    @Test
    void shouldNotBeSureBeforeTheFirstBeat() {
        assertThat(lease(START).isSure(START)).isFalse();
        assertThat(lease(START).holds(0, START)).isFalse();
    }

    @Test
    void shouldGoOnWithOneTermWhileBeatsAreAcknowledgedInTime() {
        WorkerLease lease = lease(START);
        lease.acknowledged(START, START);
        long term = lease.term();

        for (long beat = 1; beat < 20; beat++) {
            lease.acknowledged(START + beat * 5 * SECOND, START + (beat * 5 + 1) * SECOND - 1);
        }

        assertThat(lease.holds(term, START + 100 * SECOND)).isTrue();
    }

    @Test
    void shouldEndTheTermOfAWorkerThatWasSuspendedAlsoWhenItsNextBeatComesFirst() {
        WorkerLease lease = lease(START);
        lease.acknowledged(START, START);
        long before = lease.term();

        lease.acknowledged(START + 60 * SECOND, START + 60 * SECOND + 1);

        assertThat(lease.isSure(START + 60 * SECOND + 2)).isTrue();
        assertThat(lease.holds(before, START + 60 * SECOND + 2)).isFalse();
        assertThat(lease.holds(lease.term(), START + 60 * SECOND + 2)).isTrue();
    }

    @Test
    void shouldEndTheTermWhereTheAcknowledgementItselfCameTooLate() {
        WorkerLease lease = lease(START);
        lease.acknowledged(START, START);
        long before = lease.term();

        lease.acknowledged(START + 2 * SECOND, START + 6 * SECOND);

        assertThat(lease.isSure(START + 7 * SECOND)).isTrue();
        assertThat(lease.holds(before, START + 7 * SECOND)).isFalse();
    }

    @Test
    void shouldNotBeSureByABeatThatIsOldNews() {
        WorkerLease lease = lease(START);
        lease.acknowledged(START + 5 * SECOND, START + 5 * SECOND);
        lease.acknowledged(START + 1 * SECOND, START + 5 * SECOND);
        assertThat(lease.isSure(START + 10 * SECOND)).as("acknowledgements out of order").isTrue();

        WorkerLease silent = lease(START);
        silent.acknowledged(START, START + 30 * SECOND);
        assertThat(silent.isSure(START + 30 * SECOND)).isFalse();
        assertThat(silent.term()).isZero();
    }
}
