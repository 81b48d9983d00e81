package dev.leat.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.leat.worker.claim.PartitionBuffers.Tenure;

class PartitionBuffersTest {

    private static final TopicPartition P0 = new TopicPartition("lane", 0);
    private static final TopicPartition P1 = new TopicPartition("lane", 1);

    private int tenures;
    private final PartitionBuffers buffers = new PartitionBuffers(new PartitionBuffers.Limits(4, 1_000),
            () -> "tenure " + ++tenures);

    @Test
    void shouldGiveRecordsOfPartitionInOffsetOrder() {
        buffers.assigned(List.of(P0));
        add(P0, 3, 4, 7);

        assertThat(List.of(take(P0), take(P0), take(P0))).containsExactly(3L, 4L, 7L);
        assertThat(buffers.heads()).isEmpty();
    }

    @Test
    void shouldRefuseRecordThatComesAgain() {
        buffers.assigned(List.of(P0));
        add(P0, 3);
        take(P0);

        assertThatIllegalStateException().isThrownBy(() -> add(P0, 3)).withMessageContaining("offset 4");
    }

    @Test
    void shouldDropRecordsOfPartitionThatIsLost() {
        buffers.assigned(List.of(P0, P1));
        add(P0, 1);
        add(P1, 1);

        buffers.revoked(List.of(P0));
        add(P0, 2);

        assertThat(buffers.heads()).extracting(ConsumerRecord::partition).containsExactly(1);
        assertThatIllegalStateException().isThrownBy(() -> buffers.take(P0));
    }

    @Test
    void shouldNotHoldTenureOfPartitionThatCameBack() {
        buffers.assigned(List.of(P0));
        add(P0, 1);
        Tenure before = buffers.take(P0).tenure();
        assertThat(buffers.holds(before)).isTrue();

        buffers.revoked(List.of(P0));
        assertThat(buffers.holds(before)).isFalse();
        buffers.assigned(List.of(P0));

        assertThat(buffers.holds(before)).isFalse();
        add(P0, 1);
        assertThat(buffers.holds(buffers.take(P0).tenure())).isTrue();
    }

    @Test
    void shouldPauseFullPartitionAndResumeItWhenHalfIsGone() {
        buffers.assigned(List.of(P0, P1));
        add(P0, 1, 2, 3, 4);
        add(P1, 1, 2, 3);

        assertThat(buffers.regulate()).isEqualTo(new PartitionBuffers.Regulation(Set.of(P0), Set.of()));
        assertThat(buffers.regulate()).isEqualTo(new PartitionBuffers.Regulation(Set.of(), Set.of()));
        take(P0);
        assertThat(buffers.regulate().resume()).isEmpty();
        take(P0);
        assertThat(buffers.regulate()).isEqualTo(new PartitionBuffers.Regulation(Set.of(), Set.of(P0)));
    }

    @Test
    void shouldPauseEverythingThatHasRecordsWhenTheyAreTooLargeTogether() {
        buffers.assigned(List.of(P0, P1));
        buffers.add(Records.record(P0, 1, new byte[0], new byte[2_000]));

        assertThat(buffers.regulate().pause()).containsExactly(P0);
        take(P0);
        assertThat(buffers.regulate().resume()).containsExactly(P0);
    }

    @Test
    void shouldForgetThatPartitionWasPausedWhenItComesBack() {
        buffers.assigned(List.of(P0));
        add(P0, 1, 2, 3, 4);
        buffers.regulate();
        buffers.revoked(List.of(P0));
        buffers.assigned(List.of(P0));

        assertThat(buffers.regulate()).isEqualTo(new PartitionBuffers.Regulation(Set.of(), Set.of()));
    }

    private void add(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            buffers.add(Records.record(partition, offset));
        }
    }

    private long take(TopicPartition partition) {
        return buffers.take(partition).source().offset();
    }
}
