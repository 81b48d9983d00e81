package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.WorkerId;
import dev.leat.projector.FramedAvro;
import dev.leat.projector.Samples;
import dev.leat.projector.index.PartitionView;
import dev.leat.schemas.Topics;

class OpenClaimsTest {

    private static final WorkerId OTHER = new WorkerId("worker-2");

    private final KeyValueStore<Bytes, byte[]> bytes = Stores
            .keyValueStoreBuilder(Stores.inMemoryKeyValueStore("jobs"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final JobStore store;
    private final TaskJobs jobs;

    OpenClaimsTest() {
        bytes.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), bytes);
        store = new JobStore(bytes, "changelog", new FramedAvro().codecs(new Topics("t.")).jobs(),
                new RegistryPatience(Duration.ofSeconds(1), new StopSignal()));
        jobs = new TaskJobs(store, new PartitionView(0, Samples.NOW), () -> Samples.NOW);
    }

    private Job fold(Job job, Fact fact) {
        Job after = JobFold.apply(job, fact);
        jobs.replace(job, after);
        return after;
    }

    private Job running(WorkerId worker) {
        Job queued = fold(Job.unknown(Samples.id()), Samples.queued());
        return fold(queued, Samples.started(1, Samples.CLAIM, worker));
    }

    @Test
    void shouldKnowTheJobsOfLostWorkersOnly() {
        Job lost = running(Samples.WORKER);
        Job also = running(Samples.WORKER);
        running(OTHER);

        assertThat(jobs.claims().questionable(Samples.WORKER::equals)).containsExactlyInAnyOrder(lost.id(), also.id());
        assertThat(jobs.claims().questionable(_ -> false)).isEmpty();
    }

    @Test
    void shouldFindClaimsOfAnEarlierTaskInItsStore() {
        JobId lost = running(Samples.WORKER).id();
        JobId doubted = fold(running(OTHER), new Fact.ClaimDoubted(1, Samples.CLAIM, Samples.NOW)).id();
        fold(running(Samples.WORKER), Samples.succeeded());

        OpenClaims later = new TaskJobs(store, new PartitionView(0, Samples.NOW), () -> Samples.NOW).claims();

        assertThat(later.questionable(Samples.WORKER::equals)).containsExactlyInAnyOrder(lost, doubted);
        assertThat(later.isEmpty()).isFalse();
    }

    @Test
    void shouldFollowJobFromClaimToClaim() {
        Job running = running(Samples.WORKER);
        Job both = fold(running, Samples.started(1, new ClaimId("claim-2"), OTHER));
        assertThat(jobs.claims().questionable(OTHER::equals)).containsExactly(both.id());

        Job left = fold(both, Samples.abandoned());
        assertThat(jobs.claims().questionable(Samples.WORKER::equals)).isEmpty();
        assertThat(jobs.claims().questionable(OTHER::equals)).containsExactly(left.id());

        fold(left, new Fact.AttemptFailed(1, new ClaimId("claim-2"), Samples.failed().error(),
                Optional.of(Samples.BACKOFF), Samples.NOW));
        assertThat(jobs.claims().isEmpty()).isTrue();
    }

    @Test
    void shouldForgetClaimsOfForgottenJob() {
        Job running = running(Samples.WORKER);

        assertThat(jobs.forget(running.id())).isTrue();

        assertThat(jobs.claims().isEmpty()).isTrue();
        assertThat(jobs.forget(running.id())).isFalse();
    }
}
