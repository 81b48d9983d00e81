package dev.leat.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RegistryWaitTest {

    private static final TopicPartition P0 = new TopicPartition("lane", 0);
    private static final TopicPartition P1 = new TopicPartition("lane", 1);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RegistryWait wait = new RegistryWait();

    @Test
    void shouldLetOnlyWaitingPartitionsWait() {
        wait.add(P0, 0);

        assertThat(wait.mayTry(P0, 0)).isFalse();
        assertThat(wait.mayTry(P1, 0)).isTrue();
        assertThat(wait.mayTry(P0, SECOND)).isTrue();
    }

    @Test
    void shouldTryOnePartitionAtATimeInTurn() {
        wait.add(P0, 0);
        wait.add(P1, 0);
        long later = 60 * SECOND;

        assertThat(wait.mayTry(P0, later)).isTrue();
        assertThat(wait.mayTry(P1, later)).isFalse();
        wait.add(P0, later);
        assertThat(wait.mayTry(P0, 2 * later)).isFalse();
        assertThat(wait.mayTry(P1, 2 * later)).isTrue();
    }

    @Test
    void shouldPauseLongerEachTimeUpToTenSeconds() {
        long now = 0;
        for (int i = 0; i < 20; i++) {
            wait.add(P0, now);
            assertThat(wait.mayTry(P0, now + SECOND / 4)).isFalse();
            assertThat(wait.mayTry(P0, now + 10 * SECOND)).isTrue();
            now += 10 * SECOND;
        }
        assertThat(wait.mayTry(P0, now - SECOND)).isFalse();
    }

    @Test
    void shouldLetAllGoOnOnceTheRegistryAnswers() {
        wait.add(P0, 0);
        wait.add(P1, 0);

        wait.answered(P0);

        assertThat(wait.mayTry(P0, 0)).isTrue();
        assertThat(wait.mayTry(P1, 0)).isTrue();
    }

    @Test
    void shouldForgetPartitionThatIsRevoked() {
        wait.add(P0, 0);
        wait.add(P1, 0);

        wait.revoked(List.of(P0));

        assertThat(wait.mayTry(P1, 60 * SECOND)).isTrue();
    }
}
