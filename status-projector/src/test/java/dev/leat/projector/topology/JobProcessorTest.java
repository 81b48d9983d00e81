package dev.leat.projector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.projector.Samples;
import dev.leat.projector.index.JobFilter;
import dev.leat.projector.index.ListedJob;
import dev.leat.projector.index.StateCounts;
import dev.leat.schemas.DeadLetter;

class JobProcessorTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;
    private TopologyBench bench;
    private final JobId id = Samples.id();

    @BeforeEach
    void start() {
        bench = new TopologyBench(folder, _ -> 0);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    static Stream<Arguments> lives() {
        return Stream.of(
                Arguments.of(List.of(), JobState.QUEUED),
                Arguments.of(List.of(Samples.started()), JobState.RUNNING),
                Arguments.of(List.of(Samples.started(), Samples.progressed(1, 40)), JobState.RUNNING),
                Arguments.of(List.of(Samples.started(), Samples.succeeded()), JobState.COMPLETED),
                Arguments.of(List.of(Samples.started(), Samples.failed()), JobState.FAILED),
                Arguments.of(List.of(Samples.started(), Samples.attemptCancelled()), JobState.CANCELLED),
                Arguments.of(List.of(Samples.started(), Samples.abandoned()), JobState.QUEUED),
                Arguments.of(List.of(Samples.rejected()), JobState.REJECTED),
                Arguments.of(List.of(new Fact.JobCancelled(Samples.NOW)), JobState.CANCELLED),
                Arguments.of(List.of(Samples.cancelRequested()), JobState.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void shouldFoldEveryKindOfFact(List<Fact> facts, JobState expected) {
        bench.lane(id, Samples.queued());
        facts.forEach(this::send);

        assertThat(bench.stored(id)).map(Job::state).contains(expected);
        assertThat(listed()).extracting(ListedJob::state).containsExactly(expected);
        assertThat(bench.view().index().counts().getOrDefault("demo", new StateCounts()).of(expected)).isEqualTo(1);
    }

    private void send(Fact fact) {
        if (fact instanceof Fact.CancelRequested cancel) {
            bench.control(id, cancel);
        } else {
            bench.event(id, fact);
        }
    }

    private List<ListedJob> listed() {
        return bench.view().index().newest(JobFilter.ALL, Optional.empty()).toList();
    }

    @Test
    void shouldHideJobUntilItsCommandComes() {
        bench.event(id, Samples.started());
        assertThat(bench.stored(id)).map(Job::state).contains(JobState.RUNNING);
        assertThat(listed()).isEmpty();

        bench.lane(id, Samples.queued());

        assertThat(listed()).extracting(job -> job.position().id()).containsExactly(id);
    }

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
                .contains(new Fact.JobCancelled(Samples.NOW.plusSeconds(60)));
        assertThat(decisions.getFirst().getRecordTime()).isEqualTo(Samples.NOW.plusSeconds(60));
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
        assertThat(bench.stored(id)).map(Job::cancelRequestedAt).contains(Optional.of(Samples.cancelRequested().at()));
    }

    @Test
    void shouldNotWriteWhatChangesNothing() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());
        assertThat(bench.written(TopologyBench.CHANGELOG)).hasSize(2);
        long before = bench.view().foldedUpTo(bench.topics.events()).orElseThrow();

        bench.event(id, Samples.started());

        assertThat(bench.written(TopologyBench.CHANGELOG)).isEmpty();
        assertThat(bench.counters.unchanged()).isEqualTo(1);
        assertThat(bench.view().foldedUpTo(bench.topics.events())).hasValue(before + 1);
    }

    @Test
    void shouldWriteJobAsAvroToChangelog() {
        bench.lane(id, Samples.queued());

        assertThat(bench.written(TopologyBench.CHANGELOG)).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo(TopologyBench.key(id));
            assertThat(bench.codecs.jobs().decode(TopologyBench.CHANGELOG, change.value())).map(Job::id).contains(id);
        });
    }

    static Stream<Arguments> poison() {
        byte[] key = TopologyBench.key(Samples.id());
        byte[] garbage = "garbage".getBytes(UTF_8);
        return Stream.of(
                Arguments.of("undecodable-key", new TestRecord<>(null, garbage)),
                Arguments.of("undecodable-key", new TestRecord<>(new byte[]{(byte) 0xff, (byte) 0xfe}, garbage)),
                Arguments.of("undecodable-key", new TestRecord<>("not-a-uuid".getBytes(UTF_8), garbage)),
                Arguments.of("undecodable-key",
                        new TestRecord<>("0198A6F0-0000-7000-8000-000000000000".getBytes(UTF_8), garbage)),
                Arguments.of("undecodable-value", new TestRecord<>(key, garbage)),
                Arguments.of("undecodable-value", new TestRecord<>(key, new byte[0])),
                Arguments.of("undecodable-value", new TestRecord<>(key, null)),
                Arguments.of("undecodable-value", new TestRecord<>(key, new byte[]{0, 0, 0, 0, 9, 1})));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void shouldWritePoisonOfEventsAndControlToDeadLetterTopic(String reason, TestRecord<byte[], byte[]> poison) {
        poison.headers().add("trace", "abc".getBytes(UTF_8));
        bench.pipe(bench.topics.events(), poison);
        bench.pipe(bench.topics.control(), poison);

        List<TestRecord<byte[], byte[]>> letters = bench.written(bench.topics.deadLetter());
        assertThat(letters).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(poison.key());
            assertThat(letter.value()).isEqualTo(poison.value());
            assertThat(header(letter, DeadLetter.REASON)).isEqualTo(reason);
            assertThat(header(letter, DeadLetter.WRITTEN_BY)).isEqualTo("projector 127.0.0.1:1");
            assertThat(header(letter, "trace")).isEqualTo("abc");
        });
        assertThat(letters).extracting(letter -> header(letter, DeadLetter.ORIGIN))
                .containsExactly("t.events-0@0", "t.control-0@0");
        assertThat(bench.counters.deadLetters()).isEqualTo(2);
        assertGoesOn();
    }

    @ParameterizedTest
    @MethodSource("poison")
    void shouldPassOverPoisonOfLanes(@SuppressWarnings("unused") String reason, TestRecord<byte[], byte[]> poison) {
        bench.pipe(bench.lane(), poison);

        assertThat(bench.written(bench.topics.deadLetter())).isEmpty();
        assertThat(bench.counters.unusableCommands()).isEqualTo(1);
        assertGoesOn();
    }

    @Test
    void shouldKeepOnlyTheWhyOfPoisonThatIsTooLarge() {
        bench.pipe(bench.topics.events(), TopologyBench.key(id), new byte[1_040_000]);

        assertThat(bench.written(bench.topics.deadLetter())).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).isNull();
            assertThat(header(letter, DeadLetter.ORIGIN)).isEqualTo("t.events-0@0");
            assertThat(header(letter, DeadLetter.LEFT_OUT)).contains("1040036 bytes");
        });
    }

    private void assertGoesOn() {
        bench.lane(id, Samples.queued());
        assertThat(bench.stored(id)).map(Job::state).contains(JobState.QUEUED);
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void shouldBringTimestampsIntoRange() {
        byte[] key = TopologyBench.key(id);
        byte[] value = bench.codecs.commands().encode(bench.lane(), Samples.queued());

        bench.pipe(bench.lane(), new TestRecord<>(key, value, Instant.parse("2999-01-01T00:00:00Z")));

        assertThat(bench.written(TopologyBench.CHANGELOG)).singleElement()
                .satisfies(change -> assertThat(change.getRecordTime()).isBeforeOrEqualTo(Instant.now()));
    }

    @Test
    void shouldWaitForRegistryAndFoldEveryFact() {
        bench.lane(id, Samples.queued());
        byte[] started = bench.codecs.events().encode(bench.topics.events(), Samples.started());
        bench.avro.takeRegistryAway(3);

        bench.pipe(bench.topics.events(), TopologyBench.key(id), started);

        assertThat(bench.stored(id)).map(Job::state).contains(JobState.RUNNING);
    }

    @Test
    void shouldThrowRatherThanSkipWhenRegistryStaysAway() {
        byte[] value = bench.codecs.commands().encode(bench.lane(), Samples.queued());
        bench.avro.takeRegistryAway(Integer.MAX_VALUE);
        bench.stop.stop();

        assertThatThrownBy(() -> bench.pipe(bench.lane(), TopologyBench.key(id), value))
                .hasRootCauseInstanceOf(RetriableException.class);

        bench.avro.takeRegistryAway(0);
    }

    @Test
    void shouldDropIndexWithTask() {
        bench.lane(id, Samples.queued());

        bench.close();

        assertThat(bench.owned.all()).isEmpty();
    }

    @Test
    void shouldNotFoldRecordOnWrongPartition() {
        bench.close();
        bench = new TopologyBench(folder.resolve("other"), _ -> 1);

        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());

        assertThat(bench.stored(id)).isEmpty();
        assertThat(bench.counters.unusableCommands()).isEqualTo(1);
        assertThat(bench.written(bench.topics.deadLetter())).singleElement()
                .satisfies(letter -> assertThat(header(letter, DeadLetter.REASON)).isEqualTo("wrong-partition"));
    }
}
