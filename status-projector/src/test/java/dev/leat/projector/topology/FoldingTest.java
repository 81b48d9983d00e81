package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.Request;
import dev.leat.projector.Samples;
import dev.leat.projector.index.JobFilter;
import dev.leat.projector.index.ListedJob;
import dev.leat.projector.index.LaneCounts;

class FoldingTest extends OnBench {

    static Stream<Arguments> lives() {
        return Stream.of(
                Arguments.of(List.of(), JobState.QUEUED),
                Arguments.of(List.of(Samples.started()), JobState.RUNNING),
                Arguments.of(List.of(Samples.started(), Samples.progressed(1, 40)), JobState.RUNNING),
                Arguments.of(List.of(Samples.started(), Samples.succeeded()), JobState.COMPLETED),
                Arguments.of(List.of(Samples.started(), Samples.failed()), JobState.FAILED),
                Arguments.of(List.of(Samples.started(), Samples.attemptCancelled()), JobState.CANCELLED),
                Arguments.of(List.of(Samples.started(), Samples.abandoned()), JobState.QUEUED),
                Arguments.of(List.of(Samples.started(), Samples.failed(Optional.of(Samples.BACKOFF))),
                        JobState.RETRYING),
                Arguments.of(List.of(Samples.started(), Samples.timedOut()), JobState.TIMED_OUT),
                Arguments.of(List.of(Samples.rejected()), JobState.REJECTED),
                Arguments.of(List.of(new Fact.JobCancelled(Samples.NOW)), JobState.CANCELLED),
                Arguments.of(List.of(new Fact.JobExpired(Samples.NOW)), JobState.EXPIRED),
                Arguments.of(List.of(new Fact.JobTimedOut(Samples.NOW)), JobState.TIMED_OUT),
                Arguments.of(List.of(Samples.cancelRequested()), JobState.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void shouldFoldEveryKindOfFact(List<Fact> facts, JobState expected) {
        bench.lane(id, Samples.queued());
        facts.forEach(this::send);

        assertThat(bench.stored(id)).map(Job::state).contains(expected);
        assertThat(listed()).extracting(ListedJob::state).containsExactly(expected);
        assertThat(bench.view().index().counts().getOrDefault("demo", new LaneCounts()).of(expected)).isEqualTo(1);
    }

    private void send(Fact fact) {
        if (fact instanceof Request request) {
            bench.control(id, request);
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

}
