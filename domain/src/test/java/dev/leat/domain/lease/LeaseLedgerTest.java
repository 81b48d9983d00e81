package dev.leat.domain.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.leat.domain.WorkerId;

class LeaseLedgerTest {

    private static final WorkerId WORKER = new WorkerId("worker-1");
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final LeaseLedger ledger = new LeaseLedger(Duration.ofSeconds(1), LEASE);

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            ledger.tick(Duration.ofSeconds(1));
        }
    }

    @Test
    void shouldLoseAWorkerALeaseAfterItsLastBeat() {
        ledger.beat(WORKER, LEASE);
        pass(9);
        assertThat(ledger.isLost(WORKER)).isFalse();

        pass(1);
        assertThat(ledger.isLost(WORKER)).isTrue();

        ledger.beat(WORKER, LEASE);
        assertThat(ledger.isLost(WORKER)).as("it is back").isFalse();
    }

    @Test
    void shouldGoByTheLeaseThatTheWorkerNames() {
        ledger.beat(WORKER, Duration.ofSeconds(3));
        pass(3);

        assertThat(ledger.isLost(WORKER)).isTrue();
    }

    @Test
    void shouldGiveAWorkerOfWhichNothingIsKnownALeaseFromWhenItIsAskedFor() {
        pass(100);
        assertThat(ledger.isLost(WORKER)).isFalse();
        pass(9);
        assertThat(ledger.isLost(WORKER)).isFalse();
        pass(1);
        assertThat(ledger.isLost(WORKER)).isTrue();
    }

    @Test
    void shouldBlameNobodyForTheTimeInWhichItWasSuspendedItself() {
        ledger.beat(WORKER, LEASE);
        pass(8);

        ledger.tick(Duration.ofDays(1));

        assertThat(ledger.isLost(WORKER)).isFalse();
    }

    @Test
    void shouldLoseAWorkerAtOnceThatHasSaidGoodbye() {
        ledger.beat(WORKER, LEASE);
        ledger.goodbye(WORKER);

        assertThat(ledger.isLost(WORKER)).isTrue();
    }

    @Test
    void shouldTakeAClaimForASignOfLife() {
        ledger.beat(WORKER, Duration.ofSeconds(3));
        pass(60);

        ledger.claimed(WORKER);

        assertThat(ledger.isLost(WORKER)).as("its beat is on the way").isFalse();
        pass(3);
        assertThat(ledger.isLost(WORKER)).as("its own lease goes on to count").isTrue();
    }

    @Test
    void shouldNotWaitForAClaimWhoseWorkerHasSaidGoodbyeSince() {
        ledger.goodbye(WORKER);
        ledger.claimed(WORKER);

        assertThat(ledger.isLost(WORKER)).isTrue();
    }

    @Test
    void shouldForgetOnlyWhoIsLongLostAndNotAskedFor() {
        WorkerId asked = new WorkerId("worker-2");
        ledger.goodbye(WORKER);
        ledger.goodbye(asked);
        pass(61);

        ledger.forget(asked::equals, Duration.ofMinutes(1));

        assertThat(ledger.isLost(asked)).isTrue();
        assertThat(ledger.isLost(WORKER)).as("nothing is known of it any more").isFalse();
    }
}
