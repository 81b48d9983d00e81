package dev.leat.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.schedule.Schedule.DueTime;

/** A schedule that runs a batch template. */
class BatchScheduleTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final BatchRun RUN = new BatchRun("reports", new Json("{\"day\":1}"));

    private final List<ScheduleEffect> effects = new ArrayList<>();
    private Schedule schedule = begun(Overlap.SKIP);

    private static Schedule begun(Overlap overlap) {
        return Schedule.begun(ScheduleRevision.first(new ScheduleId("nightly"), "made", START, spec(overlap)));
    }

    private static ScheduleSpec spec(Overlap overlap) {
        return new ScheduleSpec(Schedules.everyMinute().cadence(), new ScheduleTarget.OfBatch(RUN), overlap,
                CatchUp.DEFAULT, Duration.ZERO, false);
    }

    private void take(Scheduling.Decision decision) {
        schedule = decision.schedule();
        effects.addAll(decision.effects());
    }

    private void passes(int minutes) {
        take(Scheduling.due(schedule, START.plusSeconds(60L * minutes)));
    }

    private BatchId batch(int minutes) {
        return new BatchId(
                schedule.submittedAt(new DueTime(START.plusSeconds(60L * minutes), false)).value());
    }

    private void ends(BatchId batch, JobState state) {
        take(Scheduling.ended(schedule,
                new JobNotice(new Origin(Origin.Kind.SCHEDULE, "nightly", 0), new JobId(batch.value()),
                        JobTypeName.parse("leat:batch"), state, Optional.empty(), Optional.empty(), Optional.empty(),
                        START),
                START.plusSeconds(90)));
    }

    @Test
    void shouldOrderTheBatchOfItsDueTimeAndNoJob() {
        passes(1);

        assertThat(effects).containsExactly(new ScheduleEffect.Order(batch(1),
                new BatchOrder.Place(new BatchOrder.Content.OfTemplate(RUN),
                        Optional.of(new Origin(Origin.Kind.SCHEDULE, "nightly",
                                START.plusSeconds(60).toEpochMilli())),
                        START.plusSeconds(60))));
        assertThat(batch(1)).isNotEqualTo(batch(2));
        assertThat(batch(1).value()).isNotEqualTo(schedule.jobOf(new DueTime(START.plusSeconds(60), false)).value());
    }

    @Test
    void shouldOrderTheSameBatchWhereAFiringIsDecidedTwice() {
        Schedule before = schedule;
        passes(1);
        schedule = before;
        passes(1);

        assertThat(effects).hasSize(2).extracting(effect -> ((ScheduleEffect.Order) effect).batch())
                .containsOnly(batch(1));
    }

    @Test
    void shouldSkipWhileTheBatchIsOpenAndFireAgainWhenItHasEnded() {
        passes(1);
        passes(2);
        assertThat(effects).hasSize(1);

        ends(batch(1), JobState.FAILED);
        passes(3);

        assertThat(effects).hasSize(2);
        assertThat(schedule.firings()).extracting(Firing::outcome).containsExactly(
                new Firing.Outcome.Fired(new Submitted.Batch(batch(3)), Optional.empty()),
                new Firing.Outcome.Skipped(Firing.SkipReason.OVERLAP, Optional.empty()),
                new Firing.Outcome.Fired(new Submitted.Batch(batch(1)), Optional.of(JobState.FAILED)));
    }

    @Test
    void shouldHaveTheEarlierBatchCancelledAndThenRunTheNextOne() {
        schedule = begun(Overlap.CANCEL_PREVIOUS);
        passes(1);
        effects.clear();

        passes(2);
        assertThat(effects).containsExactly(
                new ScheduleEffect.Order(batch(1), new BatchOrder.Cancel(START.plusSeconds(120))));
        ends(batch(1), JobState.CANCELLED);

        assertThat(effects).last().isInstanceOfSatisfying(ScheduleEffect.Order.class, order -> {
            assertThat(order.batch()).isEqualTo(batch(2));
            assertThat(order.order()).isInstanceOf(BatchOrder.Place.class);
        });
    }

    @Test
    void shouldCancelTheBatchThatIsOpenAlsoWhereItSubmitsJobsNow() {
        schedule = begun(Overlap.CANCEL_PREVIOUS);
        passes(1);
        BatchId first = batch(1);
        take(Scheduling.changed(Optional.of(schedule),
                schedule.revision().changed(new ScheduleSpec(Schedules.everyMinute().cadence(),
                        Schedules.everyMinute().target(), Overlap.CANCEL_PREVIOUS, CatchUp.DEFAULT,
                        Duration.ZERO, false), "jobs", START.plusSeconds(70)),
                START.plusSeconds(70)).orElseThrow());

        passes(2);

        assertThat(effects).last().isEqualTo(
                new ScheduleEffect.Order(first, new BatchOrder.Cancel(START.plusSeconds(120))));
    }

    @Test
    void shouldShowTheTemplateAndTheBatches() {
        passes(1);
        ends(batch(1), JobState.COMPLETED);

        ScheduleView view = ScheduleView.of(schedule);

        assertThat(view.job()).isEmpty();
        assertThat(view.batchTemplate()).contains(new ScheduleView.BatchRunView("reports", RUN.params()));
        assertThat(view.lastFirings()).singleElement().satisfies(firing -> {
            assertThat(firing.batchId()).contains(batch(1));
            assertThat(firing.jobId()).isEmpty();
            assertThat(firing.status()).contains("completed");
        });
    }
}
