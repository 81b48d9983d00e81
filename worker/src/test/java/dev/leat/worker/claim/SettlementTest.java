package dev.leat.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.leat.worker.claim.PartitionBuffers.Tenure;
import dev.leat.worker.claim.Settlement.Verdict;

class SettlementTest {

    private static final TopicPartition P0 = new TopicPartition("lane", 0);
    private static final TopicPartition P1 = new TopicPartition("lane", 1);
    private static final Tenure T0 = new Tenure(P0, "t0");
    private static final Tenure T1 = new Tenure(P1, "t1");

    private final Settlement settlement = new Settlement(Map.of(T0, 10L, T1, 20L));
    private final Set<Tenure> held = new HashSet<>(Set.of(T0, T1));

    @Test
    void shouldWinWhatTheGroupAccepts() {
        assertThat(settlement.committable(held::contains)).containsExactlyInAnyOrder(T0, T1);
        assertThat(settlement.position(T0)).isEqualTo(10);

        settlement.accepted(List.of(T0, T1));

        assertThat(settlement.isSettled()).isTrue();
        assertThat(List.of(T0, T1)).allSatisfy(tenure -> assertThat(settlement.verdict(tenure)).isEqualTo(Verdict.WON));
    }

    @Test
    void shouldNeverCommitPartitionThatIsNotHeld() {
        held.remove(T0);

        settlement.forgoLost(held::contains);

        assertThat(settlement.committable(held::contains)).containsExactly(T1);
        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.LOST);
        assertThat(settlement.isSettled()).isFalse();
    }

    @Test
    void shouldWinWhatIsFoundCommittedWithItsMarkThoughThePartitionIsGone() {
        settlement.unsure(List.of(T0));
        held.remove(T0);

        settlement.forgoLost(held::contains);
        assertThat(settlement.doubtful()).containsExactly(T0);
        settlement.told(Map.of(P0, offset(10, "before:3", "t0:5")), held::contains);

        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.WON);
    }

    @Test
    void shouldCommitAgainWhatIsFoundUncommittedWhileHeld() {
        settlement.unsure(List.of(T0));

        settlement.told(Map.of(P0, offset(9, "t0:5")), held::contains);

        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.OPEN);
        assertThat(settlement.committable(held::contains)).contains(T0);
    }

    @Test
    void shouldLoseWhatIsFoundUncommittedWhenNotHeldAnyMore() {
        settlement.unsure(List.of(T0, T1));
        held.clear();

        settlement.told(Map.of(P0, offset(9, "t0:5")), held::contains);

        assertThat(List.of(T0, T1))
                .allSatisfy(tenure -> assertThat(settlement.verdict(tenure)).isEqualTo(Verdict.LOST));
    }

    @Test
    void shouldWinWhatItsTenureHadReachedWhenTheNextBegan() {
        settlement.unsure(List.of(T0));
        held.clear();

        settlement.told(Map.of(P0, offset(25, "t0:5", "other:10", "third:17")), held::contains);

        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.WON);
    }

    @Test
    void shouldLoseWhatItsTenureHadNotReachedWhenTheNextBegan() {
        settlement.unsure(List.of(T0));

        settlement.told(Map.of(P0, offset(25, "t0:5", "other:9", "third:17")), held::contains);

        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.LOST);
    }

    @Test
    void shouldLoseWhatAnotherHasCommittedWhoseTenureNeverMetIts() {
        settlement.unsure(List.of(T0));

        settlement.told(Map.of(P0, offset(25, "first:3", "other:5")), held::contains);

        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.LOST);
    }

    @Test
    void shouldNotDecideWhatTheLineageHasForgotten() {
        settlement.unsure(List.of(T0));
        held.clear();

        settlement.told(Map.of(P0, offset(25, "a:11", "b:12", "c:13", "d:14", "e:15", "f:16", "g:17", "h:18")),
                held::contains);

        assertThat(settlement.verdict(T0)).isEqualTo(Verdict.UNKNOWN);
        assertThat(settlement.isSettled()).isFalse();
    }

    private static OffsetAndMetadata offset(long offset, String... links) {
        return new OffsetAndMetadata(offset, "leat1 " + String.join(" ", links));
    }
}
