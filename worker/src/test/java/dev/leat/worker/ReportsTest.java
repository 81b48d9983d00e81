package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.leat.domain.Checkpoint;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.LogLine;
import dev.leat.domain.Request;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;

/** What handlers leave and say while they run: checkpoints and log lines. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsTest {

    private final RecordingPlugin plugin = new RecordingPlugin("test");
    private final WorkerRig rig;

    ReportsTest(KafkaCluster cluster) throws InterruptedException {
        rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(), Map.of(),
                plugin);
        rig.startWorker();
    }

    @AfterAll
    void close() {
        rig.close();
    }

    @Test
    void shouldGiveTheLastCheckpointToTheNextAttempt() {
        JobId id = rig.submit("test:steps", "{\"steps\":3}", Lane.NORMAL);
        Job first = rig.awaitJob(id, job -> job.state() == JobState.RETRYING);
        rig.sendCommand(id, next(first));
        Job second = rig.awaitJob(id, job -> job.attempt() == 3);
        rig.sendCommand(id, next(second));

        Job done = rig.awaitJob(id, job -> job.state().isTerminal());

        assertThat(done.outcome().flatMap(Job.Outcome::result)).hasValue(new Json("{\"attempts\":[1,2,3]}"));
        assertThat(done.attempts().checkpoint()).as("of a job that has ended").isEmpty();
        List<Fact.AttemptCheckpointed> left = of(id, Fact.AttemptCheckpointed.class);
        assertThat(left).as("thinned out").hasSizeLessThan(100);
    }

    @Test
    void shouldStartOverFromCheckpointThatIsNoSuchRecord() {
        Fact.JobQueued command = WorkerRig.command("test:steps", "{\"steps\":1}", Lane.NORMAL);
        JobId id = rig
                .submit(new Fact.JobQueued(2, 1, command.submission(), Optional.of(Checkpoint.of(new byte[]{1}))));

        Job done = rig.awaitJob(id, job -> job.state().isTerminal());

        assertThat(done.outcome().flatMap(Job.Outcome::result)).hasValue(new Json("{\"attempts\":[2]}"));
        assertThat(lines(id)).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(LogLine.Level.WARN);
            assertThat(line.message()).startsWith("Starts over without the checkpoint of an earlier attempt.");
        });
    }

    @Test
    void shouldShowCheckpointsWhileTheAttemptRuns() {
        JobId id = rig.submit("test:opaque", "{}", Lane.NORMAL);

        Job job = rig.awaitJob(id, running -> running.attempts().checkpoint().isPresent());

        assertThat(job.attempts().checkpoint()).hasValue(Checkpoint.of(new byte[]{1, 2, 3}));
    }

    @Test
    void shouldSendAllLinesInOrderBeforeTheOutcome() {
        JobId id = rig.submit("test:chatty", "{\"reports\":200}", Lane.NORMAL);
        rig.awaitJob(id, job -> job.state().isTerminal());

        List<LogLine> lines = lines(id);
        assertThat(lines).hasSize(201);
        assertThat(lines.subList(0, 200)).extracting(line -> line.fields().get("number")).containsExactlyElementsOf(
                IntStream.rangeClosed(1, 200).mapToObj(Integer::toString).toList());
        assertThat(lines.getLast().message()).isEqualTo("done");
        assertThat(rig.facts(id).getLast()).isInstanceOf(Fact.AttemptSucceeded.class);
        assertThat(of(id, Fact.AttemptLogged.class)).extracting(Fact.AttemptLogged::sequence).isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepTheNewestLinesOfHandlerThatSaysTooMuch() {
        JobId id = rig.submit("test:chatty", "{\"reports\":100000}", Lane.NORMAL);
        rig.awaitJob(id, job -> job.state().isTerminal());

        List<LogLine> lines = lines(id);
        long told = lines.stream().filter(line -> line.fields().containsKey("number")).count();
        long dropped = lines.stream()
                .map(line -> Optional.ofNullable(line.fields().get("dropped")))
                .flatMap(Optional::stream)
                .mapToLong(Long::parseLong)
                .sum();
        assertThat(lines.getLast().message()).isEqualTo("done");
        assertThat(dropped).isPositive();
        assertThat(told + dropped).isEqualTo(100_000);
    }

    @ParameterizedTest
    @CsvSource({"THROW,java.lang.IllegalStateException: broken,broken,true", "SAY,gone,'',false"})
    void shouldTellHandlerOfItsFailureAndKeepWhatItSaysAboutIt(String how, String reason, String thrown,
            String retried) {
        JobId id = rig.submit("test:sorry", "{\"how\":\"" + how + "\"}", Lane.NORMAL);

        rig.awaitJob(id, job -> job.state() == JobState.RETRYING || job.state() == JobState.FAILED);

        assertThat(of(id, Fact.AttemptFailed.class)).singleElement()
                .satisfies(failed -> assertThat(failed.error().message()).isEqualTo(reason));
        assertThat(lines(id)).extracting(LogLine::fields)
                .containsExactly(Map.of("reason", reason, "thrown", thrown, "retried", retried));
    }

    @Test
    void shouldHearTheLastWordsOfHandlerThatIsToldToStop() {
        JobId id = rig.submit("test:last-words", "{}", Lane.NORMAL);
        awaitStart(id);

        rig.cancel(id);

        rig.awaitJob(id, job -> job.state() == JobState.CANCELLED);
        assertThat(lines(id)).extracting(LogLine::message).containsExactly("last words");
        assertThat(of(id, Fact.AttemptCheckpointed.class)).hasSize(1);
    }

    @Test
    void shouldSayNothingMoreOnceItsClaimIsClosed() {
        JobId id = rig.submit("test:last-words", "{}", Lane.NORMAL);
        Job running = awaitStart(id);

        rig.ask(id, new Request.StopClaim(running.claims().getFirst().id(), Instant.now()));

        await().until(() -> plugin.interrupted().containsKey(id));
        rig.awaitJob(rig.submit("test:noop", "{}", Lane.NORMAL), job -> job.state().isTerminal());
        assertThat(rig.facts(id)).singleElement().isInstanceOf(Fact.AttemptStarted.class);
    }

    private Job awaitStart(JobId id) {
        return rig.awaitJob(id, job -> job.state() == JobState.RUNNING && plugin.starts().containsKey(id));
    }

    private List<LogLine> lines(JobId id) {
        return of(id, Fact.AttemptLogged.class).stream().flatMap(fact -> fact.lines().stream()).toList();
    }

    private <F extends Fact> List<F> of(JobId id, Class<F> kind) {
        return rig.facts(id).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Fact.JobQueued next(Job job) {
        return new Fact.JobQueued(job.attempt(), job.attempts().spent(), job.submission().orElseThrow(),
                job.attempts().checkpoint());
    }
}
