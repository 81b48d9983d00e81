package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.JobLog;
import dev.leat.domain.Request;
import dev.leat.projector.Samples;

class LogTest extends OnBench {

    private static final ClaimId SECOND = new ClaimId("claim-2");

    private List<String> messages() {
        return bench.storedLog(id).orElse(JobLog.EMPTY).entries().stream().map(entry -> entry.line().message())
                .toList();
    }

    @Test
    void shouldKeepTheLinesOfAllAttemptsInOrderAndNoneTwice() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.event(id, Samples.logged(1, Samples.CLAIM, 1, "a", "b"));
        bench.event(id, Samples.logged(1, Samples.CLAIM, 1, "a", "b"));
        bench.event(id, Samples.failed(Optional.of(Samples.BACKOFF)));
        bench.event(id, Samples.started(2, SECOND, Samples.WORKER));
        bench.event(id, Samples.logged(2, SECOND, 1, "c"));

        assertThat(messages()).containsExactly("a", "b", "c");
        assertThat(bench.storedLog(id).orElseThrow().entries()).extracting(JobLog.Entry::attempt)
                .containsExactly(1, 1, 2);
    }

    @Test
    void shouldLeaveTheJobAlone() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.written(TopologyBench.CHANGELOG);

        bench.event(id, Samples.logged(1, Samples.CLAIM, 1, "a"));

        assertThat(bench.written(TopologyBench.CHANGELOG)).isEmpty();
        assertThat(bench.decisions()).isEmpty();
    }

    @Test
    void shouldKeepNoLinesOfClaimThatIsNotOpen() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());

        bench.event(id, Samples.logged(1, SECOND, 1, "stranger"));
        bench.event(id, Samples.succeeded());
        bench.event(id, Samples.logged(1, Samples.CLAIM, 1, "late"));

        assertThat(bench.storedLog(id)).isEmpty();
    }

    @Test
    void shouldForgetTheLogWithTheJob() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.event(id, Samples.logged(1, Samples.CLAIM, 1, "a"));
        bench.event(id, Samples.succeeded());
        assertThat(messages()).containsExactly("a");

        bench.control(id, new Request.Forget(Samples.NOW));

        assertThat(bench.stored(id)).isEmpty();
        assertThat(bench.storedLog(id)).isEmpty();
    }
}
