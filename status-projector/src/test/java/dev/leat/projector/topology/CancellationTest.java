package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.Request;
import dev.leat.projector.Samples;

class CancellationTest extends OnBench {

    @Test
    void shouldWriteOneDecisionOnUnwantedJobAndCountItWhenItComesBack() {
        bench.lane(id, Samples.queued());
        bench.written(bench.topics.events());
        bench.control(id, Samples.cancelRequested());
        bench.control(id, Samples.cancelRequested());
        bench.lane(id, Samples.queued());

        List<TestRecord<byte[], byte[]>> decisions = bench.written(bench.topics.events());
        assertThat(decisions).hasSize(1);
        assertThat(decisions.getFirst().key()).isEqualTo(TopologyBench.key(id));
        assertThat(bench.codecs.events().decode(bench.topics.events(), decisions.getFirst().value()))
                .contains(new Fact.JobCancelled(TopologyBench.START));
        assertThat(decisions.getFirst().getRecordTime()).isEqualTo(TopologyBench.START);
        assertThat(bench.stored(id)).map(Job::state).contains(JobState.CANCELLED);
    }

    @Test
    void shouldDecideOnUnwantedJobWhoseCommandComesLate() {
        bench.control(id, Samples.cancelRequested());
        assertThat(bench.decisions()).isEmpty();

        bench.lane(id, Samples.queued());

        assertThat(bench.decisions()).hasSize(1);
    }

    @Test
    void shouldDecideNothingOnRunningJob() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.decisions();

        bench.control(id, Samples.cancelRequested());

        assertThat(bench.decisions()).isEmpty();
        assertThat(bench.stored(id)).map(Job::isCancelRequested).contains(true);
    }

    @Test
    void shouldTellWorkerToStopClaimThatIsOver() {
        bench.lane(id, Samples.queued());
        bench.control(id, Samples.cancelRequested());
        bench.requests();

        bench.event(id, Samples.started());

        assertThat(bench.requests())
                .containsExactly(new Request.StopClaim(Samples.CLAIM, TopologyBench.START));
        assertThat(bench.state(id)).isEqualTo(JobState.CANCELLED);
    }
}
