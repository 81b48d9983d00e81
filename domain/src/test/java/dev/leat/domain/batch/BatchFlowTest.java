package dev.leat.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobError;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;

class BatchFlowTest {

    private static final int WINDOW = 100;
    private static final BatchOptions STOP = new BatchOptions(BatchOptions.OnFailure.STOP, Optional.empty());

    private static BatchOptions atMost(int concurrency) {
        return new BatchOptions(BatchOptions.OnFailure.CONTINUE, Optional.of(concurrency));
    }

    private static BatchModel batch(BatchOptions options, int total) {
        return BatchModel.received(WINDOW, options, new boolean[total]);
    }

    private static BatchModel compensable(int total) {
        boolean[] all = new boolean[total];
        java.util.Arrays.fill(all, true);
        return BatchModel.received(WINDOW, BatchOptions.DEFAULT, all);
    }

    @Test
    void shouldReleaseNothingBeforeAllOperationsAreThere() {
        BatchModel model = new BatchModel(WINDOW);
        model.open(BatchOptions.DEFAULT, 2);
        model.item(BatchModel.operation(0, false));

        assertThat(model.work().submitted).isEmpty();
        model.item(BatchModel.operation(1, false));

        assertThat(model.work().indexes(Origin.Kind.BATCH)).containsExactly(0L, 1L);
    }

    @Test
    void shouldCompleteAndHandOnSummary() {
        BatchModel model = batch(BatchOptions.DEFAULT, 2).work();

        model.end(1, JobState.COMPLETED);
        assertThat(model.work().indexes(Origin.Kind.SUMMARY)).isEmpty();
        model.end(0, JobState.COMPLETED);

        assertThat(model.work().batch().status()).isEqualTo(BatchStatus.COMPLETED);
        BatchEffect.Submit summary = model.submit(Origin.Kind.SUMMARY, 0);
        assertThat(summary.job()).isEqualTo(BatchModel.SUMMARY);
        assertThat(summary.submission().params()).hasToString("{\"n\":1,\"batch\":{\"id\":\"" + BatchModel.ID
                + "\",\"status\":\"completed\",\"total\":2,\"states\":{\"completed\":2,\"failed\":0,\"timed_out\":0,"
                + "\"cancelled\":0,\"expired\":0,\"rejected\":0,\"skipped\":0}}}");
    }

    @Test
    void shouldNeverHaveMoreUnderWayThanItsConcurrency() {
        BatchModel model = batch(atMost(2), 5).work();

        assertThat(model.indexes(Origin.Kind.BATCH)).containsExactly(0L, 1L);
        model.end(1, JobState.FAILED);
        assertThat(model.work().indexes(Origin.Kind.BATCH)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldNeverHaveMoreUnderWayThanTheWindow() {
        BatchModel model = BatchModel.received(3, atMost(50), new boolean[10]).work();

        assertThat(model.indexes(Origin.Kind.BATCH)).hasSize(3);
    }

    @Test
    void shouldCountEachOperationOnce() {
        BatchModel model = batch(BatchOptions.DEFAULT, 2).work();

        model.end(0, JobState.COMPLETED);
        model.end(0, JobState.COMPLETED);
        model.end(0, JobState.FAILED);

        assertThat(model.batch().tally().byState()).isEqualTo(Map.of(JobState.COMPLETED, 1));
        assertThat(model.batch().tally().open()).isEqualTo(Map.of(BatchModel.TYPE, 1));
        assertThat(model.batch().tally().runTime()).isEqualTo(java.time.Duration.ofSeconds(2));
    }

    @Test
    void shouldSkipTheRestAfterFirstFailureWhereItStops() {
        BatchModel model = BatchModel.received(2, STOP, new boolean[5]).work();

        model.end(0, JobState.FAILED);
        assertThat(model.work().batch().status()).isEqualTo(BatchStatus.STOPPING);
        model.end(1, JobState.COMPLETED);

        assertThat(model.work().indexes(Origin.Kind.BATCH)).containsExactly(0L, 1L);
        assertThat(model.batch().status()).isEqualTo(BatchStatus.FAILED);
        assertThat(model.batch().skipped()).isEqualTo(3);
        assertThat(model.askedToEnd).isEmpty();
    }

    @Test
    void shouldGoOnAfterFailureWhereItContinues() {
        BatchModel model = BatchModel.received(1, BatchOptions.DEFAULT, new boolean[2]).work();

        model.end(0, JobState.TIMED_OUT);
        model.work().end(1, JobState.COMPLETED);

        assertThat(model.work().batch().status()).isEqualTo(BatchStatus.FAILED);
        assertThat(model.batch().tally().failed()).isEqualTo(1);
        assertThat(model.batch().skipped()).isZero();
    }

    @Test
    void shouldAskWhatRunsToEndWhenCancelled() {
        BatchModel model = BatchModel.received(3, BatchOptions.DEFAULT, new boolean[5]).work();
        model.end(1, JobState.COMPLETED);

        model.cancel();
        model.cancel();
        model.work();

        assertThat(model.askedToEnd).containsExactly(BatchModel.job(0), BatchModel.job(2));
        assertThat(model.batch().status()).isEqualTo(BatchStatus.CANCELLING);
        model.end(0, JobState.CANCELLED);
        model.end(2, JobState.CANCELLED);
        assertThat(model.work().batch().status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(model.batch().skipped()).isEqualTo(2);
    }

    @Test
    void shouldTakeBackInReverseOrderOfCompletionOneAfterTheOther() {
        BatchModel model = compensable(3).work();
        model.end(1, JobState.COMPLETED);
        model.end(2, JobState.COMPLETED);
        model.end(0, JobState.COMPLETED);

        model.work().rollBack();
        assertThat(model.work().indexes(Origin.Kind.COMPENSATION)).containsExactly(0L);
        model.endUndo(0, JobState.COMPLETED);
        assertThat(model.work().indexes(Origin.Kind.COMPENSATION)).containsExactly(0L, 2L);
        model.endUndo(2, JobState.FAILED);
        assertThat(model.work().indexes(Origin.Kind.COMPENSATION)).containsExactly(0L, 2L, 1L);
        model.endUndo(1, JobState.COMPLETED);

        assertThat(model.work().batch().status()).isEqualTo(BatchStatus.ROLLBACK_FAILED);
        assertThat(model.batch().rollback()).contains(new Rollback(0, false, 2, 1, 0));
        assertThat(model.indexes(Origin.Kind.SUMMARY)).hasSize(1);
    }

    @Test
    void shouldTellCompensationWhatItTakesBack() {
        BatchModel model = compensable(1).work();
        model.end(0, JobState.COMPLETED);

        model.rollBack();

        BatchEffect.Submit undo = model.work().submit(Origin.Kind.COMPENSATION, 0);
        assertThat(undo.submission().type()).isEqualTo(BatchModel.UNDO);
        assertThat(undo.submission().params()).isEqualTo(new Json("{\"operation\":{\"jobId\":\"" + BatchModel.job(0)
                + "\",\"type\":\"demo:prime\",\"params\":{\"n\":1},\"result\":\"r" + BatchModel.job(0) + "\"}}"));
    }

    @Test
    void shouldPassOverWhatCannotBeTakenBack() {
        BatchModel model = BatchModel.received(WINDOW, BatchOptions.DEFAULT, true, false, true).work();
        model.end(0, JobState.COMPLETED);
        model.end(1, JobState.COMPLETED);
        model.end(2, JobState.FAILED);

        model.rollBack();
        model.work().endUndo(0, JobState.COMPLETED);

        assertThat(model.work().indexes(Origin.Kind.COMPENSATION)).containsExactly(0L);
        assertThat(model.batch().rollback()).contains(new Rollback(0, false, 1, 0, 1));
        assertThat(model.batch().status()).isEqualTo(BatchStatus.ROLLED_BACK);
    }

    @Test
    void shouldEndWhatRunsBeforeItTakesBack() {
        BatchModel model = BatchModel.received(2, BatchOptions.DEFAULT, true, true, true).work();
        model.end(0, JobState.COMPLETED);

        model.rollBack();

        assertThat(model.work().indexes(Origin.Kind.BATCH)).containsExactly(0L, 1L);
        assertThat(model.askedToEnd).containsExactly(BatchModel.job(1));
        assertThat(model.indexes(Origin.Kind.COMPENSATION)).isEmpty();
        model.end(1, JobState.COMPLETED);
        assertThat(model.work().indexes(Origin.Kind.COMPENSATION)).containsExactly(1L);
    }

    @Test
    void shouldNotHoldUpOthersForAnOperationThatNobodyCanRead() {
        BatchModel model = batch(BatchOptions.DEFAULT, 2);
        model.operations.remove(0);

        assertThat(model.work().indexes(Origin.Kind.BATCH)).containsExactly(1L);
        assertThat(model.batch().tally().byState()).isEqualTo(Map.of(JobState.REJECTED, 1));
    }

    @Test
    void shouldKeepOnlyOperationsThatCanYetBeTakenBack() {
        BatchModel model = BatchModel.received(WINDOW, BatchOptions.DEFAULT, true, false, true).work();
        model.end(0, JobState.FAILED);
        model.end(2, JobState.COMPLETED);

        assertThat(model.operations).containsOnlyKeys(2);
    }

    @Test
    void shouldPutSummaryIntoEmptyParams() {
        assertThat(Summaries.withSummary(new Json("{}"), new Json("1"))).isEqualTo(new Json("{\"batch\":1}"));
        assertThat(Summaries.withSummary(new Json("{ \"a\" : {} }"), new Json("1")))
                .isEqualTo(new Json("{ \"a\" : {},\"batch\":1}"));
    }

    @Test
    void shouldNameWhatIsNoId() {
        assertThat(org.assertj.core.api.Assertions
                .catchThrowableOfType(IllegalArgumentException.class, () -> BatchId.parse("x"))).hasMessage(
                        "Expected the id of a batch in the form of a lower-case UUID, but got 'x'");
        assertThat(new JobTypeName("unknown", "unknown")).isNotNull();
    }

    private static final Origin SCHEDULE = new Origin(Origin.Kind.SCHEDULE, "nightly", 7);

    private static BatchModel ordered(int total) {
        BatchModel model = new BatchModel(WINDOW);
        model.open(new BatchSpec(Optional.empty(), total, Map.of(BatchModel.TYPE, total), STOP, Optional.empty(),
                BatchModel.NOW).of(Optional.of(SCHEDULE)));
        for (int i = 0; i < total; i++) {
            model.item(BatchModel.operation(i, true));
        }
        return model.work();
    }

    @Test
    void shouldTellItsScheduleOfItsEndOnce() {
        BatchModel model = ordered(2);

        model.end(0, JobState.COMPLETED);
        assertThat(model.work().told).isEmpty();
        model.end(1, JobState.FAILED);

        assertThat(model.work().told).singleElement().satisfies(notice -> {
            assertThat(notice.origin()).isEqualTo(SCHEDULE);
            assertThat(notice.job().value()).isEqualTo(BatchModel.ID.value());
            assertThat(notice.state()).isEqualTo(JobState.FAILED);
        });
    }

    @Test
    void shouldTellItsScheduleThatItWasTakenBack() {
        BatchModel model = ordered(1);
        model.rollBack();
        model.end(0, JobState.CANCELLED);

        assertThat(model.work().told).extracting(JobNotice::state).containsExactly(JobState.CANCELLED);
    }

    @Test
    void shouldEndAtOnceWhereItsOrderIsRefused() {
        JobError why = JobError.of("batch-template-not-found", "There is none");
        BatchModel model = new BatchModel(WINDOW);
        model.open(BatchSpec.refused(new BatchOrder.Place(
                new BatchOrder.Content.OfTemplate(new BatchRun("primes", new Json("{}"))), Optional.of(SCHEDULE),
                BatchModel.NOW), why));

        assertThat(model.work().batch().status()).isEqualTo(BatchStatus.REJECTED);
        assertThat(model.batch().percent()).isEqualTo(100);
        assertThat(model.submitted).isEmpty();
        assertThat(model.told).singleElement().satisfies(notice -> {
            assertThat(notice.state()).isEqualTo(JobState.REJECTED);
            assertThat(notice.error()).contains(why);
        });
    }

    @Test
    void shouldTellNobodyOfABatchThatAClientSubmitted() {
        BatchModel model = batch(STOP, 1).work();

        model.end(0, JobState.COMPLETED);

        assertThat(model.work().told).isEmpty();
    }
}
