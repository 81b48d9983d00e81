package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What becomes of a job, by what its handler does. One worker runs all of them, and is still there after each. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomeTest {

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final WorkerRig rig;

    OutcomeTest(KafkaCluster cluster) throws InterruptedException {
        rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.result.max.size", "10kB"), plugin);
        rig.startWorker();
    }

    @AfterAll
    void close() {
        rig.close();
    }

    @Test
    void shouldCompleteJobWithResult() {
        Job job = run("test:text", "{\"length\":3}");

        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.outcome().flatMap(Job.Outcome::result)).hasValue(new Json("\"xxx\""));
    }

    @ParameterizedTest
    @CsvSource({"fail,handler-failed,no such file", "quit,handler-failed,nobody had cancelled it",
            "throw,handler-threw,IllegalStateException: mmm", "overflow,handler-threw,StackOverflowError",
            "unlinked,handler-threw,org/example/Missing", "memory,handler-threw,Java heap space"})
    void shouldFailJobWhoseHandlerDoes(String type, String code, String message) {
        Job job = run("test:" + type, "{}");

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        JobError error = job.outcome().flatMap(Job.Outcome::error).orElseThrow();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).contains(message).hasSizeLessThanOrEqualTo(2_000);
        assertThat(error.stackTrace()).hasSizeLessThan(17_000);
        assertThat(error.stackTrace().isEmpty()).isEqualTo(code.equals("handler-failed"));
    }

    @Test
    void shouldFailJobWhoseResultIsTooLarge() {
        Job job = run("test:text", "{\"length\":20000}");

        assertThat(job.outcome().flatMap(Job.Outcome::error)).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo("result-too-large");
            assertThat(error.message()).contains("10240 bytes").contains("20002");
        });
    }

    @Test
    void shouldThinOutProgressAndSendTheLastReportBeforeTheOutcome() {
        JobId id = rig.submit("test:progress", "{\"reports\":100000}", Lane.NORMAL);
        Job job = rig.awaitJob(id, ended -> ended.state().isTerminal());

        List<Fact> facts = rig.facts(id);
        List<Fact.AttemptProgressed> reports = facts.stream()
                .filter(Fact.AttemptProgressed.class::isInstance)
                .map(Fact.AttemptProgressed.class::cast)
                .toList();
        long millis = facts.getLast().at().toEpochMilli() - facts.getFirst().at().toEpochMilli();
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(reports).isNotEmpty().hasSizeLessThanOrEqualTo((int) (millis / 100) + 2);
        assertThat(reports.getLast().progress().message()).isEqualTo("report 100000");
        assertThat(reports).extracting(Fact.AttemptProgressed::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(facts.getLast()).isInstanceOf(Fact.AttemptSucceeded.class);
    }

    private Job run(String type, String params) {
        return rig.awaitJob(rig.submit(type, params, Lane.NORMAL), job -> job.state().isTerminal());
    }
}
