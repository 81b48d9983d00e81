package dev.leat.domain.schedule;

import static dev.leat.domain.schedule.Schedules.NOON;
import static dev.leat.domain.schedule.Schedules.at;
import static dev.leat.domain.schedule.Schedules.begun;
import static dev.leat.domain.schedule.Schedules.everyMinute;
import static dev.leat.domain.schedule.Schedules.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.schedule.Firing.SkipReason;
import dev.leat.domain.schedule.Schedule.DueTime;

class SchedulingTest {

    private Schedule schedule = begun(everyMinute());
    private final List<ScheduleEffect> effects = new ArrayList<>();

    private void use(ScheduleSpec spec) {
        schedule = begun(spec);
    }

    private void take(Scheduling.Decision decision) {
        schedule = decision.schedule();
        effects.clear();
        effects.addAll(decision.effects());
    }

    private void passes(String time) {
        take(Scheduling.due(schedule, at(time)));
    }

    private void ends(JobId job) {
        take(Scheduling.ended(schedule, Schedules.ended(job, JobState.COMPLETED), NOON));
    }

    private void becomes(ScheduleSpec spec, String time) {
        take(Scheduling.changed(Optional.of(schedule), schedule.revision().changed(spec, "changed", at(time)), at(time))
                .orElseThrow());
    }

    private JobId job(String due) {
        return schedule.jobOf(new DueTime(at(due), false));
    }

    private List<JobId> fired() {
        return effects.stream()
                .filter(ScheduleEffect.Fire.class::isInstance)
                .map(effect -> ((ScheduleEffect.Fire) effect).job())
                .toList();
    }

    private List<JobId> endRequests() {
        return effects.stream()
                .filter(ScheduleEffect.End.class::isInstance)
                .map(effect -> ((ScheduleEffect.End) effect).job())
                .toList();
    }

    private Optional<Firing> lastSkip(SkipReason reason) {
        return schedule.firings()
                .stream()
                .filter(firing -> firing.outcome() instanceof Firing.Outcome.Skipped skip && skip.reason() == reason)
                .findFirst();
    }

    @Test
    void shouldSubmitTheJobWhenItsTimeHasComeAndNotBefore() {
        passes("12:00:59.999");
        assertThat(effects).isEmpty();
        assertThat(schedule.alarm()).contains(at("12:01:00"));

        passes("12:01:00.010");

        JobId job = job("12:01:00");
        JobTemplate template = (JobTemplate) schedule.spec().target();
        assertThat(effects).containsExactly(new ScheduleEffect.Fire(job,
                new Submission(template.type(), Lane.LOW, template.params(), List.of("tag"),
                        template.policy(), Terms.NONE, at("12:01:00.010"))
                        .of(new Origin(Origin.Kind.SCHEDULE, "nightly", at("12:01:00").toEpochMilli()))));
        assertThat(schedule.firings()).containsExactly(new Firing(at("12:01:00"), at("12:01:00.010"),
                new Firing.Outcome.Fired(new Submitted.Job(job), Optional.empty())));
        assertThat(schedule.alarm()).contains(at("12:02:00"));
    }

    @Test
    void shouldFireADueTimeOnceHoweverOftenItLooks() {
        passes("12:01:00");
        passes("12:01:00");
        assertThat(effects).isEmpty();
    }

    @Test
    void shouldGiveTheSameDueTimeTheSameJobAndOthersOthers() {
        Schedule other = Schedule.begun(ScheduleRevision.first(new ScheduleId("other"), "made", NOON, everyMinute()));
        Schedule anew = Schedule.begun(ScheduleRevision.first(Schedules.ID, "made", NOON.plusMillis(1), everyMinute()));
        DueTime due = new DueTime(at("12:01:00"), false);

        JobId job = schedule.jobOf(due);

        assertThat(begun(everyMinute()).jobOf(due)).isEqualTo(job);
        assertThat(List.of(other.jobOf(due), anew.jobOf(due), schedule.jobOf(new DueTime(at("12:02:00"), false)),
                schedule.jobOf(new DueTime(at("12:01:00"), true)))).doesNotContain(job).doesNotHaveDuplicates();
        assertThat(job.value().version()).isEqualTo(7);
        assertThat(job.value().variant()).isEqualTo(2);
        assertThat(job.value().getMostSignificantBits() >>> 16).isEqualTo(due.at().toEpochMilli());
    }

    @Test
    void shouldLeaveOutWhatComesWhileTheEarlierJobIsOpen() {
        passes("12:01:00");
        passes("12:02:00");

        assertThat(effects).isEmpty();
        assertThat(lastSkip(SkipReason.OVERLAP)).map(Firing::due).contains(at("12:02:00"));

        ends(job("12:01:00"));
        assertThat(effects).isEmpty();
        passes("12:03:00");
        assertThat(fired()).containsExactly(job("12:03:00"));
    }

    @Test
    void shouldLetOneFiringWaitForTheEarlierJobAndLeaveOutTheRest() {
        use(with(everyMinute(), Overlap.QUEUE));
        passes("12:01:00");
        passes("12:02:00");
        passes("12:03:00");

        assertThat(schedule.waiting()).contains(new DueTime(at("12:02:00"), false));
        assertThat(lastSkip(SkipReason.QUEUE_FULL)).map(Firing::due).contains(at("12:03:00"));

        ends(job("12:01:00"));
        assertThat(fired()).containsExactly(job("12:02:00"));
        assertThat(schedule.waiting()).isEmpty();
    }

    @Test
    void shouldCancelTheEarlierJobAndSubmitTheLatestFiringWhenThatHasEnded() {
        use(with(everyMinute(), Overlap.CANCEL_PREVIOUS));
        passes("12:01:00");

        passes("12:02:00");
        assertThat(endRequests()).containsExactly(job("12:01:00"));
        assertThat(fired()).isEmpty();
        passes("12:03:00");
        assertThat(lastSkip(SkipReason.SUPERSEDED)).map(Firing::due).contains(at("12:02:00"));

        take(Scheduling.ended(schedule, Schedules.ended(job("12:01:00"), JobState.CANCELLED), NOON));
        assertThat(fired()).containsExactly(job("12:03:00"));
        assertThat(schedule.firings()).anySatisfy(firing -> assertThat(firing.outcome())
                .isEqualTo(
                        new Firing.Outcome.Fired(new Submitted.Job(job("12:01:00")), Optional.of(JobState.CANCELLED))));
    }

    @Test
    void shouldSubmitAllTheSameWhereJobsMayOverlap() {
        use(with(everyMinute(), Overlap.ALLOW));
        passes("12:01:00");
        passes("12:02:00");
        assertThat(fired()).containsExactly(job("12:02:00"));
        assertThat(schedule.open()).containsExactly(new Submitted.Job(job("12:01:00")),
                new Submitted.Job(job("12:02:00")));
    }

    @Test
    void shouldFireEachDueTimeOfAFailover() {
        use(with(Schedules.spec("*/10 * * * * *"), Overlap.ALLOW));
        passes("12:00:55");
        assertThat(fired()).containsExactly(job("12:00:10"), job("12:00:20"), job("12:00:30"), job("12:00:40"),
                job("12:00:50"));
        assertThat(schedule.firings()).noneMatch(firing -> firing.outcome() instanceof Firing.Outcome.Skipped);
    }

    @Test
    void shouldMakeUpForTheLatestMissedDueTimesOnly() {
        use(with(with(everyMinute(), Overlap.ALLOW), new CatchUp(2, CatchUp.LONGEST)));
        passes("18:30:30");

        assertThat(fired()).containsExactly(job("18:28:00"), job("18:29:00"), job("18:30:00"));
        assertThat(lastSkip(SkipReason.MISSED)).hasValueSatisfying(skip -> {
            assertThat(skip.due()).isEqualTo(at("12:01:00"));
            assertThat(skip.outcome()).isEqualTo(new Firing.Outcome.Skipped(SkipReason.MISSED,
                    Optional.of(at("18:27:00.001"))));
        });
    }

    @Test
    void shouldMakeUpForNothingWhereNothingIsWanted() {
        use(with(with(everyMinute(), Overlap.ALLOW), new CatchUp(0, CatchUp.LONGEST)));
        passes("18:30:30");
        assertThat(fired()).containsExactly(job("18:30:00"));
        assertThat(lastSkip(SkipReason.MISSED)).isPresent();
    }

    @Test
    void shouldMakeUpForNothingThatIsTooLate() {
        use(with(with(Schedules.spec("0 13 * * *"), Overlap.ALLOW), new CatchUp(1, Duration.ofHours(1))));
        passes("14:00:01");
        assertThat(fired()).isEmpty();
        assertThat(lastSkip(SkipReason.MISSED)).map(Firing::due).contains(at("13:00:00"));
        assertThat(schedule.alarm()).contains(at("13:00:00").plus(1, ChronoUnit.DAYS));
    }

    @Test
    void shouldNotWalkThroughAYearOfMissedSeconds() {
        use(with(with(Schedules.spec("* * * * * *"), Overlap.ALLOW), new CatchUp(3, CatchUp.LONGEST)));
        Instant later = NOON.plus(3_650, ChronoUnit.DAYS);
        take(Scheduling.due(schedule, later));
        assertThat(fired()).hasSize(3 + 61);
        assertThat(schedule.cursor()).isEqualTo(later);
    }

    @Test
    void shouldFireNothingWhilePausedAndNothingOfTheTimeOfThePauseAfterwards() {
        becomes(everyMinute().withPaused(true), "12:00:30");
        assertThat(effects).isEmpty();
        passes("12:10:00");
        assertThat(effects).isEmpty();
        assertThat(schedule.alarm()).isEmpty();

        becomes(everyMinute(), "12:10:30");
        passes("12:11:00");
        assertThat(fired()).containsExactly(job("12:11:00"));
        assertThat(schedule.firings()).hasSize(1);
    }

    @Test
    void shouldDropAWaitingFiringWhenItIsPaused() {
        use(with(everyMinute(), Overlap.QUEUE));
        passes("12:01:00");
        passes("12:02:00");
        becomes(with(everyMinute(), Overlap.QUEUE).withPaused(true), "12:02:30");
        ends(job("12:01:00"));
        assertThat(effects).isEmpty();
        assertThat(lastSkip(SkipReason.PAUSED)).map(Firing::due).contains(at("12:02:00"));
    }

    @Test
    void shouldDecideWhatWasDueBeforeAChangeAsItWasWantedThen() {
        use(with(with(everyMinute(), Overlap.ALLOW), new CatchUp(3, CatchUp.LONGEST)));
        becomes(with(Schedules.spec("*/10 * * * * *"), Overlap.SKIP), "12:01:15");
        assertThat(fired()).containsExactly(job("12:01:00"));

        passes("12:01:20");
        assertThat(lastSkip(SkipReason.OVERLAP)).map(Firing::due).contains(at("12:01:20"));
    }

    @Test
    void shouldMakeUpForWhatWasMissedBeforeAPauseThatIsReadLate() {
        use(with(with(everyMinute(), Overlap.ALLOW), new CatchUp(2, CatchUp.LONGEST)));
        ScheduleRevision paused = schedule.revision()
                .changed(schedule.spec().withPaused(true), "pause", at("12:04:30"));

        take(Scheduling.changed(Optional.of(schedule), paused, at("13:00:00")).orElseThrow());

        assertThat(fired()).containsExactly(job("12:03:00"), job("12:04:00"));
        assertThat(schedule.alarm()).isEmpty();
    }

    @Test
    void shouldKeepItsPlaceWhenOnlyTheJobChanges() {
        passes("12:03:00");
        Instant cursor = schedule.cursor();
        becomes(with(everyMinute(), Overlap.ALLOW), "12:03:30");
        assertThat(schedule.cursor()).isEqualTo(cursor);
        assertThat(schedule.alarm()).contains(at("12:04:00"));
    }

    @Test
    void shouldBeginAnewWhenTheCadenceChanges() {
        passes("12:03:00");
        becomes(with(Schedules.spec("20 * * * * *"), Overlap.ALLOW), "12:03:30");
        passes("12:04:20");
        assertThat(fired()).containsExactly(job("12:04:20"));
    }

    @Test
    void shouldFireOnceByHandForEachTimeThatItIsAsked() {
        ScheduleRevision triggered = schedule.revision().triggered("now", at("12:00:10"));
        take(Scheduling.changed(Optional.of(schedule), triggered, at("12:00:11")).orElseThrow());
        assertThat(fired()).containsExactly(schedule.jobOf(new DueTime(at("12:00:10"), true)));
        assertThat(schedule.alarm()).contains(at("12:01:00"));

        becomes(everyMinute(), "12:00:20");
        assertThat(effects).isEmpty();
    }

    @Test
    void shouldLetTheFirstOfTwoChangesOfOneVersionCount() {
        ScheduleRevision first = schedule.revision().changed(Schedules.spec("1 * * * *"), "mine", at("12:00:10"));
        ScheduleRevision second = schedule.revision().changed(Schedules.spec("2 * * * *"), "theirs", at("12:00:11"));
        take(Scheduling.changed(Optional.of(schedule), first, NOON).orElseThrow());

        assertThat(Scheduling.changed(Optional.of(schedule), second, NOON)).isEmpty();
        assertThat(Scheduling.changed(Optional.of(schedule), first, NOON)).isEmpty();
    }

    @Test
    void shouldNotBeOverwrittenByWhoBelievesThatThereIsNone() {
        ScheduleRevision anew = ScheduleRevision.first(Schedules.ID, "again", at("12:05:00"), everyMinute());

        assertThat(Scheduling.changed(Optional.of(schedule), anew, at("12:05:00"))).isEmpty();
        assertThat(Scheduling.changed(Optional.empty(), anew, at("12:05:00"))).map(Scheduling.Decision::schedule)
                .contains(Schedule.begun(anew));
    }

    @Test
    void shouldDelayByItsJitterButNeverToTheNextDueTime() {
        use(with(Schedules.spec("*/10 * * * * *"), Duration.ofHours(1)));
        List<Instant> upcoming = schedule.upcoming(1_000);
        List<Duration> delays = upcoming.stream().map(due -> Duration.between(due, schedule.firesAt(due))).toList();

        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofMillis(9_999)));
        assertThat(delays.stream().mapToLong(Duration::toMillis).average().orElseThrow()).isBetween(4_500.0, 5_500.0);
        assertThat(schedule.alarm()).contains(schedule.firesAt(at("12:00:10")));
        assertThat(begun(schedule.spec()).alarm()).isEqualTo(schedule.alarm());
    }

    @Test
    void shouldRememberTheLastFiringsOnly() {
        use(with(everyMinute(), Overlap.ALLOW));
        for (int i = 1; i <= 150; i++) {
            take(Scheduling.due(schedule, NOON.plus(i, ChronoUnit.MINUTES)));
        }
        assertThat(schedule.firings()).hasSize(Schedule.MOST_FIRINGS);
        assertThat(schedule.firings().getFirst().due()).isEqualTo(NOON.plus(150, ChronoUnit.MINUTES));
        assertThat(schedule.open()).hasSize(Schedule.MOST_OPEN);
    }
}
