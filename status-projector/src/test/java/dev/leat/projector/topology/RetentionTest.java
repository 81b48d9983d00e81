package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobState;
import dev.leat.domain.Request;
import dev.leat.domain.Terms;
import dev.leat.projector.Samples;
import dev.leat.projector.index.JobFilter;
import dev.leat.projector.index.LaneCounts;

class RetentionTest extends OnBench {

    private void givenCompletedJob() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.event(id, Samples.succeeded());
        assertThat(bench.state(id)).isEqualTo(JobState.COMPLETED);
    }

    private void assertForgotten() {
        assertThat(bench.stored(id)).isEmpty();
        assertThat(bench.view().index().newest(JobFilter.ALL, Optional.empty())).isEmpty();
        LaneCounts counts = bench.view().index().counts().getOrDefault("demo", new LaneCounts());
        assertThat(counts.of(JobState.COMPLETED)).isZero();
        assertThat(bench.counters.forgotten()).isEqualTo(1);
    }

    @Test
    void shouldKeepEndedJobForTheRetentionAndNoLonger() {
        givenCompletedJob();

        bench.advance(TopologyBench.RETENTION.minusSeconds(1));
        assertThat(bench.stored(id)).isPresent();
        bench.advance(Duration.ofSeconds(1));

        assertForgotten();
        assertThat(bench.due()).isEmpty();
    }

    @Test
    void shouldKeepJobForTheTimeThatItsSubmissionSays() {
        bench.pending(id, Samples.scheduled("demo:prime", Terms.NONE, Samples.retention(Duration.ofMinutes(1))));
        bench.event(id, Samples.started());
        bench.event(id, Samples.succeeded());

        bench.advance(Duration.ofSeconds(59));
        assertThat(bench.stored(id)).isPresent();
        bench.advance(Duration.ofSeconds(1));

        assertForgotten();
    }

    @Test
    void shouldForgetEndedJobOnRequestAndLeaveOpenOneAlone() {
        bench.lane(id, Samples.queued());
        bench.control(id, new Request.Forget(Samples.NOW));
        assertThat(bench.state(id)).isEqualTo(JobState.QUEUED);
        bench.event(id, Samples.started());
        bench.event(id, Samples.succeeded());

        bench.control(id, new Request.Forget(Samples.NOW));

        assertForgotten();
    }

    @Test
    void shouldForgetOnceThoughPurgeComesLater() {
        givenCompletedJob();
        bench.control(id, new Request.Forget(Samples.NOW));
        bench.written(TopologyBench.CHANGELOG);

        bench.advance(TopologyBench.RETENTION);

        assertForgotten();
        assertThat(bench.written(TopologyBench.CHANGELOG)).isEmpty();
    }
}
