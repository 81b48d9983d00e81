package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Request;
import dev.leat.domain.Terms;
import dev.leat.projector.Samples;

class UniquenessTest extends OnBench {

    private final JobId second = Samples.id();

    private Optional<String> errorCode(JobId job) {
        return bench.stored(job).flatMap(Job::outcome).flatMap(Job.Outcome::error).map(JobError::code);
    }

    @Test
    void shouldAdmitFirstAndRejectSecondInItsFavour() {
        bench.pending(id, Samples.scheduled(Samples.unique("a")));
        bench.pending(second, Samples.scheduled(Samples.unique("a")));

        assertThat(bench.stored(id).map(job -> job.intake().admitted())).contains(true);
        assertThat(bench.holder("unique:a")).contains(id);
        assertThat(bench.state(second)).isEqualTo(JobState.REJECTED);
        assertThat(errorCode(second)).contains("duplicate");
        assertThat(bench.stored(second).flatMap(Job::outcome).flatMap(Job.Outcome::inFavourOf)).contains(id);
        assertThat(bench.written(bench.lane())).extracting(command -> command.key())
                .containsExactly(TopologyBench.key(id));
    }

    @Test
    void shouldAdmitNextOneWhenFirstHasEnded() {
        bench.pending(id, Samples.scheduled(Samples.unique("a")));
        bench.event(id, Samples.started());
        bench.event(id, Samples.succeeded());

        bench.pending(second, Samples.scheduled(Samples.unique("a")));

        assertThat(bench.holder("unique:a")).contains(second);
        assertThat(errorCode(second)).isEmpty();
    }

    @Test
    void shouldNotFreeKeyOfAnother() {
        bench.pending(id, Samples.scheduled(Samples.unique("a")));
        bench.pending(second, Samples.scheduled(Samples.unique("a")));
        bench.control(second, new Request.Forget(Samples.NOW));
        bench.advance(Duration.ofMinutes(2));

        assertThat(bench.stored(second)).isEmpty();
        assertThat(bench.holder("unique:a")).contains(id);
    }

    @Test
    void shouldGiveRepeatedRequestTheFirstJobUntilThatIsForgotten() {
        bench.pending(id, Samples.scheduled(Samples.request("r", "body")));
        bench.event(id, Samples.started());
        bench.event(id, Samples.succeeded());

        bench.pending(second, Samples.scheduled(Samples.request("r", "body")));
        JobId other = Samples.id();
        bench.pending(other, Samples.scheduled(Samples.request("r", "other body")));

        assertThat(errorCode(second)).contains("repeated-request");
        assertThat(errorCode(other)).contains("idempotency-key-reused");
        bench.advance(TopologyBench.RETENTION);
        assertThat(bench.holder("request:r")).isEmpty();
    }

    @Test
    void shouldRejectJobWhoseKeyBelongsToAnotherPartition() {
        bench.close();
        bench = new TopologyBench(folder.resolve("other"), new TopologyBench.Partitions(_ -> 0, _ -> 1));

        bench.pending(id, Samples.scheduled(Samples.unique("a")));

        assertThat(errorCode(id)).contains("wrong-partition-for-key");
        assertThat(bench.holder("unique:a")).isEmpty();
    }

    @Test
    void shouldHoldKeyOfDelayedJobFromTheBeginning() {
        bench.pending(id, new Fact.JobScheduled(Samples.scheduled(new Terms(
                Optional.of(TopologyBench.START.plusSeconds(60)), Optional.empty(), Optional.empty(), Optional.of("a"),
                Optional.empty())).submission()));
        bench.pending(second, Samples.scheduled(Samples.unique("a")));

        assertThat(errorCode(second)).contains("duplicate");
        assertThat(bench.commands()).isEmpty();
        bench.advance(Duration.ofSeconds(60));
        assertThat(bench.commands()).hasSize(1);
    }
}
