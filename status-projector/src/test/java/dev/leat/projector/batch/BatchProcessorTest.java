package dev.leat.projector.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.BatchStatus;
import dev.leat.domain.batch.Rollback;
import dev.leat.projector.Samples;
import dev.leat.projector.watch.LaneDirectory;

class BatchProcessorTest {

    private static final int WINDOW = 10;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;
    @SuppressWarnings("NullAway.Init") // set before each test
    private BatchBench bench;

    @BeforeEach
    void start() {
        bench = new BatchBench(folder, WINDOW);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static BatchOptions atMost(int concurrency) {
        return new BatchOptions(BatchOptions.OnFailure.CONTINUE, Optional.of(concurrency));
    }

    private List<JobId> jobs(int from, int to) {
        return IntStream.range(from, to).mapToObj(bench::job).toList();
    }

    @Test
    void shouldReleaseOperationsInOrderUpToItsConcurrency() {
        bench.submit(atMost(3), 7);
        bench.advance(MOMENT);
        assertThat(bench.released()).isEqualTo(jobs(0, 3));

        bench.end(1, JobState.COMPLETED);

        assertThat(bench.released()).isEqualTo(jobs(3, 4));
        assertThat(bench.batch().open()).isEqualTo(3);
    }

    @Test
    void shouldReleaseMoreThanOnePieceOfWorkAndNoMoreThanTheWindow() {
        bench.submit(BatchOptions.DEFAULT, 300);

        for (int i = 0; i < 300; i++) {
            bench.advance(MOMENT);
            assertThat(bench.batch().open()).isEqualTo(Math.min(WINDOW, 300 - i));
            bench.end(i, JobState.COMPLETED);
        }

        assertThat(bench.released()).isEqualTo(jobs(0, 300));
        assertThat(bench.batch().status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void shouldSubmitEachOperationAsAJobOfItsOwn() {
        bench.submit(BatchOptions.DEFAULT, 1, new Json("{\"n\":7}"), Optional.empty());

        Fact.JobQueued command = bench.commands().getFirst();
        assertThat(command.attempt()).isEqualTo(1);
        assertThat(command.submission().params()).isEqualTo(new Json("{\"n\":7}"));
        assertThat(command.submission().origin())
                .contains(new Origin(Origin.Kind.BATCH, BatchBench.ID.toString(), 0));
    }

    @Test
    void shouldReleaseNothingOfABatchThatIsNotWhole() {
        bench.open(BatchOptions.DEFAULT, 2);
        bench.item(0, new Json("{}"), Optional.empty());

        bench.advance(MOMENT);

        assertThat(bench.released()).isEmpty();
        assertThat(bench.batch().received()).isFalse();
    }

    @Test
    void shouldLeaveItToTheJobToWaitForLanesThatAreNotThere() {
        bench.lanes.put(bench.lane(), new LaneDirectory.Lookup.Awaited());

        bench.submit(BatchOptions.DEFAULT, 1);

        assertThat(bench.released()).isEmpty();
        assertThat(bench.pending()).containsExactly(bench.job(0));
    }

    @Test
    void shouldLeaveItToTheJobToRefuseWhatItsLaneDoesNotTake() {
        bench.lanes.put(bench.lane(), new LaneDirectory.Lookup.Present(1_500));

        bench.submit(BatchOptions.DEFAULT, 1, new Json("\"" + "x".repeat(1_000) + "\""), Optional.empty());

        assertThat(bench.released()).isEmpty();
        assertThat(bench.pending()).containsExactly(bench.job(0));
    }

    @Test
    void shouldEndAnOperationThatKafkaDoesNotTake() {
        bench.submit(BatchOptions.DEFAULT, 1, new Json("\"" + "x".repeat(1_050_000) + "\""), Optional.empty());
        bench.advance(MOMENT);

        assertThat(bench.pending()).isEmpty();
        assertThat(bench.batch().tally().of(JobState.REJECTED)).isEqualTo(1);
        assertThat(bench.batch().status()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void shouldStopAtFirstFailureWhereItIsToStop() {
        bench.submit(new BatchOptions(BatchOptions.OnFailure.STOP, Optional.of(2)), 5);
        bench.advance(MOMENT);

        bench.end(0, JobState.FAILED);
        bench.end(1, JobState.COMPLETED);
        bench.advance(MOMENT);

        assertThat(bench.released()).isEqualTo(jobs(0, 2));
        assertThat(bench.batch().skipped()).isEqualTo(3);
        assertThat(bench.batch().status()).isEqualTo(BatchStatus.FAILED);
    }

    @Test
    void shouldAskAllThatRunsToEndWhenCancelled() {
        bench.submit(BatchOptions.DEFAULT, 30);
        bench.advance(MOMENT);
        bench.end(4, JobState.COMPLETED);

        bench.event(BatchBench.ID, new BatchEvent.CancelRequested(Samples.NOW));
        bench.advance(MOMENT);

        assertThat(bench.askedToEnd()).hasSize(10).doesNotContain(bench.job(4)).contains(bench.job(0), bench.job(10));
        assertThat(bench.batch().status()).isEqualTo(BatchStatus.CANCELLING);
        for (int i = 0; i < 11; i++) {
            bench.end(i, JobState.CANCELLED);
        }
        bench.advance(MOMENT);
        assertThat(bench.batch().status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(bench.released()).isEqualTo(jobs(0, 11));
    }

    @Test
    void shouldTakeBackInReverseOrderOfCompletion() {
        bench.submit(BatchOptions.DEFAULT, 2, new Json("{\"n\":7}"), BatchBench.undo());
        bench.end(1, JobState.COMPLETED);
        bench.end(0, JobState.COMPLETED);
        bench.advance(MOMENT);
        bench.released();

        bench.event(BatchBench.ID, new BatchEvent.RollbackRequested(Samples.NOW));
        bench.advance(MOMENT);
        List<Fact.JobQueued> first = bench.commands();
        assertThat(first).singleElement()
                .satisfies(command -> assertThat(command.submission().params().value())
                        .contains("\"params\":{\"n\":7},\"result\":1", bench.job(0).toString()));
        endUndo(0, first.getFirst());
        bench.advance(MOMENT);
        assertThat(bench.commands()).singleElement()
                .satisfies(command -> {
                    assertThat(command.submission().params().value()).contains(bench.job(1).toString());
                    endUndo(1, command);
                });
        bench.advance(MOMENT);

        assertThat(bench.batch().status()).isEqualTo(BatchStatus.ROLLED_BACK);
        assertThat(bench.batch().rollback()).contains(new Rollback(0, false, 2, 0, 0));
    }

    private void endUndo(int index, Fact.JobQueued command) {
        assertThat(command.submission().type()).hasToString("demo:undo");
        JobId job = bench.member(index).undo().orElseThrow().job();
        bench.end(Origin.Kind.COMPENSATION, index, job, JobState.COMPLETED);
    }

    @Test
    void shouldIgnoreNoticesOfOthers() {
        bench.submit(BatchOptions.DEFAULT, 1);

        bench.end(Origin.Kind.SCHEDULE, 0, bench.job(0), JobState.COMPLETED);
        bench.end(Origin.Kind.BATCH, 0, Samples.id(), JobState.COMPLETED);

        assertThat(bench.batch().open()).isEqualTo(1);
    }

    @Test
    void shouldForgetABatchWithAllOfItsOperations() {
        bench.submit(BatchOptions.DEFAULT, 3);
        bench.advance(MOMENT);
        for (int i = 0; i < 3; i++) {
            bench.end(i, i == 1 ? JobState.FAILED : JobState.COMPLETED);
        }
        bench.advance(MOMENT);
        assertThat(bench.owned.find(0).orElseThrow().newest(Optional.empty(), Optional.empty()))
                .containsExactly(BatchBench.ID);

        bench.jump(BatchBench.RETENTION);
        bench.advance(Duration.ofSeconds(30));

        assertThat(bench.stored()).isEmpty();
        assertThat(bench.entries()).isZero();
        assertThat(bench.owned.find(0).orElseThrow().newest(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void shouldPutAwayWhatNobodyCanRead() {
        bench.pipe(bench.topics.batches(), BatchBench.ID.toString(), "{}".getBytes(StandardCharsets.UTF_8));
        bench.pipe(bench.topics.batches(), "night", bench.codecs.batches()
                .encode(bench.topics.batches(), new BatchEvent.CancelRequested(Samples.NOW)));
        bench.event(BatchId.parse("ffffffff-7b4c-7000-8000-0000000000b1"),
                new BatchEvent.CancelRequested(Samples.NOW));

        assertThat(bench.written(bench.topics.deadLetter())).hasSize(3);
    }

    @Test
    void shouldTellWhyAnOperationFailed() {
        bench.submit(BatchOptions.DEFAULT, 1);

        bench.end(0, JobState.FAILED);

        assertThat(bench.member(0).end().flatMap(end -> end.error()).map(JobError::code)).contains("boom");
    }

    @Test
    void shouldTellTheScheduleThatOrderedItOfItsEnd() {
        Origin schedule = new Origin(Origin.Kind.SCHEDULE, "nightly", 7);
        bench.event(BatchBench.ID, new BatchEvent.Opened(new BatchSpec(Optional.empty(), 1, Map.of(BatchBench.TYPE, 1),
                BatchOptions.DEFAULT, Optional.empty(), Samples.NOW).of(Optional.of(schedule))));
        bench.item(0, new Json("{}"), Optional.empty());
        bench.advance(MOMENT);
        assertThat(bench.written(bench.topics.notices())).isEmpty();

        bench.end(0, JobState.COMPLETED);
        bench.advance(MOMENT);

        assertThat(bench.written(bench.topics.notices())).singleElement().satisfies(told -> {
            assertThat(new String(told.key(), StandardCharsets.UTF_8)).isEqualTo("nightly");
            JobNotice notice = bench.codecs.notices().decode(bench.topics.notices(), told.value()).orElseThrow();
            assertThat(notice.origin()).isEqualTo(schedule);
            assertThat(notice.job().value()).isEqualTo(BatchBench.ID.value());
            assertThat(notice.state()).isEqualTo(JobState.COMPLETED);
        });
    }
}
