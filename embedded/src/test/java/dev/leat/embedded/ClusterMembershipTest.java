package dev.leat.embedded;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClusterMembershipTest {

    @Test
    void shouldKeepThreeReplicasOfWhichOneMayBeAway() {
        ClusterMembership first = new ClusterMembership("id", 1, Map.of(1, 19_001, 2, 19_002, 3, 19_003));

        assertThat(first.replicas()).isEqualTo(3);
        assertThat(first.minInSyncReplicas()).isEqualTo(2);
        assertThat(first.voters()).isEqualTo("1@127.0.0.1:19001,2@127.0.0.1:19002,3@127.0.0.1:19003");
        assertThat(first.controllerPort()).isEqualTo(19_001);
        assertThat(first.isAlone()).isFalse();
    }

    @Test
    void shouldKeepOneReplicaWhereThereIsOneNode() {
        ClusterMembership only = ClusterMembership.alone(19_001);

        assertThat(only.replicas()).isEqualTo(1);
        assertThat(only.minInSyncReplicas()).isEqualTo(1);
        assertThat(only.isAlone()).isTrue();
    }

    @Test
    void shouldRefuseANodeThatIsNotOneOfTheCluster() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterMembership("id", 4, Map.of(1, 19_001, 2, 19_002)))
                .withMessage("Expected node 4 to be one of the cluster, but its nodes are [1, 2]");
    }
}
