package dev.leat.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.leat.domain.JobId;
import dev.leat.worker.claim.ClaimedHere.Attempt;

class ClaimedHereTest {

    private static final TopicPartition P0 = new TopicPartition("lane", 0);
    private static final TopicPartition P1 = new TopicPartition("lane", 1);

    private final ClaimedHere claimed = new ClaimedHere(2);

    @Test
    void shouldKnowAttemptButNotAnotherOneOfTheSameJob() {
        claimed.add(P0, attempt(1, 1));

        assertThat(claimed.contains(P0, attempt(1, 1))).isTrue();
        assertThat(claimed.contains(P0, attempt(1, 2))).isFalse();
        assertThat(claimed.contains(P1, attempt(1, 1))).isFalse();
    }

    @Test
    void shouldForgetTheOldest() {
        claimed.add(P0, attempt(1, 1));
        claimed.add(P0, attempt(2, 1));
        claimed.add(P0, attempt(3, 1));

        assertThat(claimed.contains(P0, attempt(1, 1))).isFalse();
        assertThat(claimed.contains(P0, attempt(2, 1))).isTrue();
        assertThat(claimed.contains(P0, attempt(3, 1))).isTrue();
    }

    @Test
    void shouldForgetPartitionThatIsRevoked() {
        claimed.add(P0, attempt(1, 1));
        claimed.add(P1, attempt(2, 1));

        claimed.revoked(List.of(P0));

        assertThat(claimed.contains(P0, attempt(1, 1))).isFalse();
        assertThat(claimed.contains(P1, attempt(2, 1))).isTrue();
    }

    private static Attempt attempt(int job, int number) {
        return new Attempt(new JobId(new UUID(0, job)), number);
    }
}
