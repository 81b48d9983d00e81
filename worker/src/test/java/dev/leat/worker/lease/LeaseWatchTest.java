package dev.leat.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger stops = new AtomicInteger();
    private final LeaseWatch watch = new LeaseWatch(LEASE, nanos::get);

    @BeforeEach
    void start() {
        watch.start(stops::incrementAndGet);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void shouldNotBeSureBeforeTheFirstAcknowledgement() {
        assertThat(watch.isSure()).isFalse();

        watch.acknowledged(nanos.get());

        assertThat(watch.isSure()).isTrue();
        assertThat(stops).hasValue(0);
    }

    @Test
    void shouldStopEverythingOnceWhenMostOfTheLeaseIsOver() {
        watch.acknowledged(nanos.get());
        long term = watch.term();
        pass(Duration.ofMillis(5_999));
        assertThat(watch.holds(term)).isTrue();

        pass(Duration.ofMillis(1));

        assertThat(watch.isSure()).isFalse();
        assertThat(watch.holds(term)).isFalse();
        assertThat(stops).hasValue(1);
    }

    @Test
    void shouldCountFromWhenTheAcknowledgedHeartbeatWasSent() {
        long sent = nanos.get();
        pass(Duration.ofSeconds(4));

        watch.acknowledged(sent);

        assertThat(watch.isSure()).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(watch.isSure()).isFalse();
    }

    @Test
    void shouldSeeGapThatIsOverWhenItLooks() {
        watch.acknowledged(nanos.get());
        long term = watch.term();
        pass(Duration.ofSeconds(7));

        watch.acknowledged(nanos.get());

        assertThat(stops).hasValue(1);
        assertThat(watch.isSure()).isTrue();
        assertThat(watch.holds(term)).isFalse();
        assertThat(watch.holds(watch.term())).isTrue();
    }

    @Test
    void shouldTakeNoComfortFromAcknowledgementOfAnOldHeartbeat() {
        watch.acknowledged(nanos.get());
        long sent = nanos.get();
        pass(Duration.ofSeconds(7));

        watch.acknowledged(sent);

        assertThat(watch.isSure()).isFalse();
        assertThat(stops).hasValue(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
