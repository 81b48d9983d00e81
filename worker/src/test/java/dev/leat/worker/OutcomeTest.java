package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.Backoff;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What becomes of a job, by what its handler does. One worker runs all of them, and is still there after each. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomeTest {

    private static final Duration SECONDS_9 = Duration.ofSeconds(9);

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
        Job job = run(lastTry("test:" + type));

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

    @ParameterizedTest
    @ValueSource(strings = {"fail", "quit", "throw", "overflow"})
    void shouldLetJobBeTriedAgainAsItsSubmissionSays(String type) {
        PolicyOverrides policy = new PolicyOverrides(Optional.of(2), Optional.of(Backoff.constant(SECONDS_9)),
                Optional.empty(), Optional.empty());

        JobId id = rig.submit("test:" + type, policy);

        Job job = rig.awaitJob(id, ended -> ended.state() == JobState.RETRYING);
        assertThat(started(id).retryIfLost()).hasValue(SECONDS_9);
        assertThat(failed(id).retryIn()).hasValue(SECONDS_9);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.attempts().spent()).isEqualTo(1);
    }

    @Test
    void shouldLetJobBeTriedAgainAsItsTypeSays() {
        JobId first = rig.submit(command("test:patient", 1, 0));
        JobId snoozedBefore = rig.submit(command("test:patient", 5, 0));
        JobId last = rig.submit(command("test:patient", 5, 1));

        assertThat(rig.awaitJob(first, ended -> ended.state() == JobState.RETRYING).attempt()).isEqualTo(2);
        assertThat(failed(first).retryIn()).hasValue(Duration.ofSeconds(77));
        rig.awaitJob(snoozedBefore, ended -> ended.state() == JobState.RETRYING);
        rig.awaitJob(last, ended -> ended.state() == JobState.FAILED);
        assertThat(started(last).retryIfLost()).isEmpty();
    }

    @Test
    void shouldLetJobBeTriedAgainWhenItsHandlerSays() {
        JobId first = rig.submit(command("test:later", 1, 0));
        JobId last = rig.submit(lastTry("test:later"));

        rig.awaitJob(first, ended -> ended.state() == JobState.RETRYING);
        assertThat(failed(first).retryIn()).hasValue(Duration.ofMinutes(5));
        rig.awaitJob(last, ended -> ended.state() == JobState.FAILED);
    }

    @Test
    void shouldFailJobForGoodWhoseHandlerSaysSo() {
        Job job = run(command("test:hopeless", 1, 0));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.outcome().flatMap(Job.Outcome::error).orElseThrow().message()).isEqualTo("no such account");
    }

    @Test
    void shouldSpendNoTryOfJobThatSnoozes() {
        JobId id = rig.submit(lastTry("test:snooze"));

        Job job = rig.awaitJob(id, ended -> ended.state() == JobState.RETRYING);

        assertThat(rig.facts(id).getLast()).isInstanceOfSatisfying(Fact.AttemptSnoozed.class,
                snoozed -> assertThat(snoozed.delay()).isEqualTo(Duration.ofMinutes(7)));
        assertThat(job.attempt()).isEqualTo(4);
        assertThat(job.attempts().spent()).isZero();
    }

    private Fact.AttemptStarted started(JobId id) {
        return (Fact.AttemptStarted) rig.facts(id).getFirst();
    }

    private Fact.AttemptFailed failed(JobId id) {
        return (Fact.AttemptFailed) rig.facts(id).getLast();
    }

    private static Fact.JobQueued lastTry(String type) {
        return command(type, 3, 2);
    }

    private static Fact.JobQueued command(String type, int attempt, int spent) {
        return new Fact.JobQueued(attempt, spent, WorkerRig.command(type, "{}", Lane.NORMAL).submission());
    }

    private Job run(String type, String params) {
        return run(WorkerRig.command(type, params, Lane.NORMAL));
    }

    private Job run(Fact.JobQueued command) {
        return rig.awaitJob(rig.submit(command), job -> job.state().isTerminal());
    }
}
