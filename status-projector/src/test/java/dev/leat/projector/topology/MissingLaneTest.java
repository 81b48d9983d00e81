package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Checkpoint;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.projector.Samples;
import dev.leat.projector.watch.LaneDirectory;
import dev.leat.schemas.RecordSizes;

/** Commands that cannot be put into their lane. */
class MissingLaneTest extends OnBench {

    private static final Duration MOMENT = Duration.ofSeconds(2);

    private Optional<String> errorCode() {
        return bench.stored(id).flatMap(Job::outcome).flatMap(Job.Outcome::error).map(JobError::code);
    }

    @Test
    void shouldKeepJobUntilLanesOfItsPluginAreThere() {
        bench.lanes.put(bench.lane(), new LaneDirectory.Lookup.Awaited());
        bench.pending(id, Samples.scheduled(Samples.runAt(TopologyBench.START)));

        bench.advance(MOMENT);
        assertThat(bench.commands()).isEmpty();
        assertThat(bench.state(id)).isEqualTo(JobState.SCHEDULED);
        bench.lanes.clear();
        bench.advance(MOMENT);

        assertThat(bench.commands()).extracting(Fact.JobQueued::attempt).containsExactly(1);
    }

    @Test
    void shouldKeepRetryUntilLanesAreThere() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        bench.lanes.put(bench.lane(), new LaneDirectory.Lookup.Awaited());
        bench.event(id, Samples.failed(Optional.of(Duration.ZERO)));

        bench.advance(MOMENT);
        assertThat(bench.commands()).isEmpty();
        bench.lanes.clear();
        bench.advance(MOMENT);

        assertThat(bench.commands()).extracting(Fact.JobQueued::attempt).containsExactly(2);
    }

    @Test
    void shouldRejectJobOfPluginThatDoesNotCome() {
        bench.lanes.put("t.jobs.ghost.normal", new LaneDirectory.Lookup.Missing());

        bench.pending(id, Samples.scheduled("ghost:job", Samples.unique("key"), PolicyOverrides.NONE));

        assertThat(bench.state(id)).isEqualTo(JobState.REJECTED);
        assertThat(errorCode()).contains("unknown-plugin");
        assertThat(bench.holder("unique:key")).isEmpty();
        assertThat(bench.written("t.jobs.ghost.normal")).isEmpty();
    }

    /** The bench's lane takes as much as Kafka's by default. */
    @Test
    void shouldRetryTheLargestJobWithTheLargestCheckpoint() {
        Fact.JobQueued largest = largest();
        bench.lane(id, largest);
        bench.event(id, Samples.started());
        bench.event(id, new Fact.AttemptCheckpointed(1, Samples.CLAIM, 1,
                Checkpoint.of(new byte[Checkpoint.MAX_BYTES]), Samples.NOW));

        bench.event(id, Samples.failed(Optional.of(Duration.ZERO)));

        assertThat(bench.commands()).singleElement().satisfies(command -> {
            assertThat(command.attempt()).isEqualTo(2);
            assertThat(command.checkpoint()).map(left -> left.bytes().length).contains(Checkpoint.MAX_BYTES);
        });
    }

    @Test
    void shouldGoOnWithTheLargestJobAfterTheLargestWait() {
        List<JobId> others = Stream.generate(Samples::id).limit(Fact.AttemptWaiting.MOST_JOBS).toList();
        bench.lane(id, largest());
        bench.event(id, Samples.started());
        bench.event(id, new Fact.AttemptCheckpointed(1, Samples.CLAIM, 1,
                Checkpoint.of(new byte[Checkpoint.MAX_BYTES]), Samples.NOW));
        bench.event(id, new Fact.AttemptWaiting(1, Samples.CLAIM, others, Samples.NOW));

        others.forEach(other -> bench.control(id, new Fact.AwaitedEnded(2,
                new AwaitedJob(other, Optional.of(JobState.TIMED_OUT), Optional.of(new Json("\u20ac".repeat(900))),
                        Optional.of(JobError.of("deadline-passed", "\u20ac".repeat(500)))),
                Samples.NOW)));

        assertThat(bench.commands()).singleElement().satisfies(command -> {
            assertThat(command.awaited()).hasSize(others.size());
            assertThat(command.checkpoint()).isPresent();
        });
    }

    private Fact.JobQueued largest() {
        int others = bench.codecs.commands().encode(bench.lane(), sized(0)).length;
        // The text's length takes two bytes more when it is long.
        Fact.JobQueued largest = sized(RecordSizes.MAX_COMMAND - others - 2);
        assertThat(bench.codecs.commands().encode(bench.lane(), largest)).hasSize(RecordSizes.MAX_COMMAND);
        return largest;
    }

    private static Fact.JobQueued sized(int length) {
        return Fact.JobQueued.first(Submission.plain(JobTypeName.parse("demo:prime"), Lane.NORMAL,
                new Json("\"" + "x".repeat(length) + "\""), List.of(), Samples.NOW));
    }

    @Test
    void shouldRejectCommandThatItsLaneDoesNotTake() {
        bench.lanes.put(bench.lane(), new LaneDirectory.Lookup.Present(10_000));
        Submission large = Submission.plain(JobTypeName.parse("demo:prime"), Lane.NORMAL,
                new Json("\"" + "x".repeat(10_000) + "\""), List.of(), Samples.NOW);

        bench.pending(id, new Fact.JobScheduled(large));

        assertThat(bench.commands()).isEmpty();
        assertThat(bench.state(id)).isEqualTo(JobState.REJECTED);
        assertThat(errorCode()).contains("command-too-large");
    }
}
