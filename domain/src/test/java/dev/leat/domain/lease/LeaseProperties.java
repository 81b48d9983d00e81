package dev.leat.domain.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

import dev.leat.domain.WorkerId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LeaseProperties {

    private static final WorkerId WORKER = new WorkerId("worker-1");
    private static final Duration LEASE = Duration.ofSeconds(10);

    @Property
    void nobodyIsLostWhoseBeatsComeWithinALeaseOfObservedTime(@ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int steps) {
        Duration longestTick = Duration.ofSeconds(1);
        LeaseLedger ledger = new LeaseLedger(longestTick, LEASE);
        ledger.beat(WORKER, LEASE);
        Duration silent = Duration.ZERO;
        for (int i = 0; i < steps; i++) {
            Duration since = Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 100_000 : 900));
            Duration observed = since.compareTo(longestTick) > 0 ? longestTick : since;
            if (silent.plus(observed).compareTo(LEASE) >= 0) {
                ledger.beat(WORKER, LEASE);
                silent = Duration.ZERO;
            }
            ledger.tick(since);
            silent = silent.plus(observed);
            assertThat(ledger.isLost(WORKER)).isFalse();
        }
    }

    /**
     * Beats are stored at any time from when they are sent to when they are acknowledged; worker and observer are
     * suspended and cut off at random. Whenever the observer takes the worker for lost, whatever the worker began before
     * does not hold any more.
     */
    @Property(tries = 2000)
    void aTermIsOverBeforeAnyObserverTakesTheWorkerForLost(@ForAll Random random) {
        Duel duel = new Duel(random);
        for (int i = 0; i < 300; i++) {
            duel.step();
            if (duel.ledger.isLost(WORKER)) {
                assertThat(duel.worker.holds(duel.claimTerm, duel.now))
                        .as("the claim made at %d holds at %d", duel.claimedAt, duel.now)
                        .isFalse();
            }
        }
    }

    /** One worker and one observer with a log of heartbeats between them; times in nanoseconds. */
    private static final class Duel {

        private static final long NONE = Long.MIN_VALUE;

        private final Random random;
        private final LeaseLedger ledger = new LeaseLedger(Duration.ofSeconds(1), LEASE);
        private final WorkerLease worker = new WorkerLease(LEASE, 0);
        private long now;
        private long lastRead;
        private long sent = NONE;
        private boolean stored;
        private boolean unread;
        private long claimTerm = -1;
        private long claimedAt = NONE;

        Duel(Random random) {
            this.random = random;
        }

        void step() {
            now += Duration.ofMillis(random.nextInt(20) == 0 ? random.nextInt(15_000) : random.nextInt(1_500))
                    .toNanos();
            switch (random.nextInt(6)) {
                case 0 -> send();
                case 1 -> store();
                case 2 -> acknowledge();
                case 3 -> claim();
                default -> read();
            }
        }

        private void send() {
            if (sent == NONE) {
                sent = now;
                stored = false;
            }
        }

        private void store() {
            if (sent != NONE && !stored) {
                stored = true;
                unread = true;
            }
        }

        private void acknowledge() {
            if (stored && sent != NONE) {
                worker.acknowledged(sent, now);
                sent = NONE;
            }
        }

        /** The observer meets the claim at once, so perhaps before it has read the beat that made the worker sure. */
        private void claim() {
            if (worker.isSure(now)) {
                claimTerm = worker.term();
                claimedAt = now;
                ledger.claimed(WORKER);
            }
        }

        private void read() {
            if (unread) {
                ledger.beat(WORKER, LEASE);
                unread = false;
            }
            ledger.tick(Duration.ofNanos(now - lastRead));
            lastRead = now;
        }
    }
}
