package dev.leat.projector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Progress;
import dev.leat.projector.Samples;
import dev.leat.schemas.DeadLetter;

class PoisonTest extends OnBench {

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
    void shouldWritePoisonToDeadLetterTopic(String reason, TestRecord<byte[], byte[]> poison) {
        poison.headers().add("trace", "abc".getBytes(UTF_8));
        bench.pipe(bench.topics.events(), poison);
        bench.pipe(bench.topics.control(), poison);
        bench.pipe(bench.topics.pending(), poison);

        List<TestRecord<byte[], byte[]>> letters = bench.written(bench.topics.deadLetter());
        assertThat(letters).hasSize(3).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(poison.key());
            assertThat(letter.value()).isEqualTo(poison.value());
            assertThat(header(letter, DeadLetter.REASON)).isEqualTo(reason);
            assertThat(header(letter, DeadLetter.WRITTEN_BY)).isEqualTo("projector 127.0.0.1:1");
            assertThat(header(letter, "trace")).isEqualTo("abc");
        });
        assertThat(letters).extracting(letter -> header(letter, DeadLetter.ORIGIN))
                .containsExactly("t.events-0@0", "t.control-0@0", "t.pending-0@0");
        assertThat(bench.counters.deadLetters()).isEqualTo(3);
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
    void shouldNotFoldRecordOnWrongPartition() {
        bench.close();
        bench = new TopologyBench(folder.resolve("other"), new TopologyBench.Partitions(_ -> 1, _ -> 1));

        bench.lane(id, Samples.queued());
        bench.pending(id, Samples.scheduled(Samples.unique("key")));
        bench.control(id, Samples.cancelRequested());
        bench.event(id, Samples.started());

        assertThat(bench.stored(id)).isEmpty();
        assertThat(bench.holder("unique:key")).isEmpty();
        assertThat(bench.counters.unusableCommands()).isEqualTo(1);
        assertThat(bench.written(bench.topics.deadLetter())).hasSize(3)
                .allSatisfy(letter -> assertThat(header(letter, DeadLetter.REASON)).isEqualTo("wrong-partition"));
    }

    static Stream<Arguments> implausibleTimes() {
        return Stream.of(Arguments.of(Instant.ofEpochMilli(Long.MAX_VALUE)),
                Arguments.of(Instant.ofEpochMilli(Long.MIN_VALUE)),
                Arguments.of(Instant.parse("+10000-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @MethodSource("implausibleTimes")
    void shouldBuryFactWhoseTimeNothingCanBeAddedTo(Instant time) {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());

        bench.event(id, new Fact.AttemptFailed(1, Samples.CLAIM, JobError.of("boom", ""),
                Optional.of(Duration.ofDays(36_500)), time));

        assertThat(bench.written(bench.topics.deadLetter())).singleElement()
                .satisfies(letter -> assertThat(header(letter, DeadLetter.REASON)).isEqualTo("undecodable-value"));
        assertThat(bench.state(id)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldTakeTermsFarOutsideOfTime() {
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE);
        Instant first = Instant.ofEpochMilli(Long.MIN_VALUE);
        bench.pending(id, Samples.scheduled(Samples.runAt(last)));
        JobId other = Samples.id();
        bench.pending(other, Samples.scheduled(Samples.limits(Optional.of(last), Optional.of(first))));

        bench.advance(Duration.ofSeconds(1));

        assertThat(bench.state(id)).isEqualTo(JobState.SCHEDULED);
        assertThat(bench.state(other)).isEqualTo(JobState.TIMED_OUT);
    }

    @Test
    void shouldEndJobAsFailedWhoseResultIsTooLargeToBeKept() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());

        bench.event(id, new Fact.AttemptSucceeded(1, Samples.CLAIM,
                new Json("\"" + "x".repeat(JobTopology.MAX_JOB_BYTES) + "\""), Samples.NOW));

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.stored(id).flatMap(Job::outcome).flatMap(Job.Outcome::error).map(JobError::code))
                .contains("result-too-large");
    }

    @Test
    void shouldBuryOtherFactThatIsTooLargeToBeKept() {
        bench.lane(id, Samples.queued());
        bench.event(id, Samples.started());

        bench.event(id, new Fact.AttemptProgressed(1, Samples.CLAIM, 1,
                new Progress(1, "x".repeat(JobTopology.MAX_JOB_BYTES)), Samples.NOW));
        bench.event(id, Samples.succeeded());

        assertThat(bench.written(bench.topics.deadLetter())).singleElement()
                .satisfies(letter -> assertThat(header(letter, DeadLetter.REASON)).isEqualTo("too-large"));
        assertThat(bench.state(id)).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void shouldForgetJobWhoseCommandNeverComes() {
        bench.event(id, Samples.started());
        assertThat(bench.stored(id)).isPresent();

        bench.advance(TopologyBench.RETENTION);

        assertThat(bench.stored(id)).isEmpty();
        assertThat(bench.due()).isEmpty();
    }
}
