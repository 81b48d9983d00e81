package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopSignalTest {

    private final StopSignal signal = new StopSignal();

    @AfterEach
    void clear() {
        var _ = Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void shouldKeepHandlerFromStarting(StopReason reason) {
        assertThat(signal.raise(reason)).isTrue();

        assertThat(signal.enter()).isFalse();
        assertThat(signal.hasEntered()).isFalse();
        assertThat(signal.reason()).hasValue(reason);
    }

    @ParameterizedTest
    @EnumSource(value = StopReason.class, mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
    void shouldInterruptThreadThatIsInTheHandler(StopReason reason) {
        assertThat(signal.enter()).isTrue();

        assertThat(signal.raise(reason)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        signal.leave();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldLetNoJobExpireThatHasBegun() {
        assertThat(signal.enter()).isTrue();

        assertThat(signal.raise(StopReason.EXPIRED)).isFalse();

        assertThat(signal.reason()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldInterruptNobodyOnceTheHandlerIsLeft() {
        assertThat(signal.enter()).isTrue();
        signal.leave();

        assertThat(signal.raise(StopReason.CANCELLED)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldKeepToTheFirstReasonUnlessTheNextOneEndsTheAttemptForSure() {
        assertThat(signal.raise(StopReason.WORKER_STOPS)).isTrue();
        assertThat(signal.raise(StopReason.LEASE_DOUBTED)).isFalse();
        assertThat(signal.raise(StopReason.TIMEOUT)).isTrue();
        assertThat(signal.raise(StopReason.CANCELLED)).isFalse();

        assertThat(signal.reason()).hasValue(StopReason.TIMEOUT);
    }

    @Test
    void shouldShowWhereTheHandlerIs() {
        assertThat(signal.stack()).isEmpty();

        assertThat(signal.enter()).isTrue();

        assertThat(signal.stack()).contains("StopSignalTest.shouldShowWhereTheHandlerIs");
    }
}
