package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** Further jobs that handlers ask for. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnqueueTest {

    private final WorkerRig rig;

    EnqueueTest(KafkaCluster cluster) throws InterruptedException {
        rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(), Map.of(),
                new RecordingPlugin("test"));
        rig.startWorker();
    }

    @AfterAll
    void close() {
        rig.close();
    }

    private List<Submission> submissions(JobId job) {
        return rig.pending().stream().filter(scheduled -> scheduled.job().equals(job))
                .map(scheduled -> scheduled.fact().submission()).toList();
    }

    @Test
    void shouldSubmitTheJobOnBehalfOfItsOwn() {
        JobId parent = rig.submit("test:parent", "{\"key\":\"a\",\"size\":3}", Lane.NORMAL);
        Job done = rig.awaitJob(parent, job -> job.state().isTerminal());

        JobId child = parent.child("a");
        assertThat(done.outcome().flatMap(Job.Outcome::result)).contains(new Json("{\"id\":\"" + child + "\"}"));
        await().until(() -> !submissions(child).isEmpty());
        assertThat(submissions(child)).singleElement().satisfies(submission -> {
            assertThat(submission.type()).hasToString("other:job");
            assertThat(submission.params()).isEqualTo(new Json("{\"text\":\"xxx\"}"));
            assertThat(submission.lane()).isEqualTo(Lane.LOW);
            assertThat(submission.terms().runAt()).contains(Instant.parse("2030-01-01T00:00:00Z"));
            assertThat(submission.origin()).contains(new Origin(Origin.Kind.JOB, parent.toString(), 0));
        });
    }

    @Test
    void shouldAskForTheSameJobWhereAnAttemptIsRepeated() {
        JobId parent = rig.submit("test:parent", "{\"key\":\"b\",\"fails\":true}", Lane.NORMAL);
        Job first = rig.awaitJob(parent, job -> job.state() == JobState.RETRYING);
        rig.sendCommand(parent, new Fact.JobQueued(2, 1, first.submission().orElseThrow()));
        rig.awaitJob(parent, job -> job.attempt() == 3);

        await().until(() -> submissions(parent.child("b")).size() == 2);
    }

    @Test
    void shouldRefuseParamsThatAreTooLarge() {
        JobId parent = rig.submit("test:parent", "{\"key\":\"c\",\"size\":900000}", Lane.NORMAL);

        rig.awaitJob(parent, job -> job.state() == JobState.RETRYING);

        assertThat(rig.facts(parent).getLast()).isInstanceOfSatisfying(Fact.AttemptFailed.class,
                failed -> assertThat(failed.error()).extracting(JobError::message).asString()
                        .contains("JobRequest[other:job, key c] to make a record of at most 900000 bytes"));
        assertThat(submissions(parent.child("c"))).isEmpty();
    }
}
