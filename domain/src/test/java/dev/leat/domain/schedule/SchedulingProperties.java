package dev.leat.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;

/** Lives through random histories of a schedule: it is looked at late, changed, and its jobs end in any order. */
class SchedulingProperties {

    private static final List<Overlap> OVERLAPS = List.of(Overlap.values());

    private final Set<JobId> open = new LinkedHashSet<>();
    private final Map<JobId, Instant> fired = new HashMap<>();
    private Schedule schedule = Schedules.begun(Schedules.everyMinute());
    private Instant now = Schedules.NOON;

    @Property(tries = 300)
    void eachDueTimeIsDecidedOnceAndJobsOverlapOnlyWhereTheyMay(@ForAll Random random) {
        begin(random);
        for (int i = 0; i < 60; i++) {
            now = now.plusMillis(random.nextInt(random.nextBoolean() ? 2_000 : 120_000));
            step(random);
        }
    }

    private void begin(Random random) {
        now = Schedules.NOON;
        open.clear();
        fired.clear();
        schedule = Schedules.begun(spec(random));
    }

    private static ScheduleSpec spec(Random random) {
        Cadence cadence = random.nextBoolean()
                ? Schedules.spec(random.nextBoolean() ? "*/5 * * * * *" : "* * * * *").cadence()
                : new Cadence.Interval(Duration.ofSeconds(1L + random.nextInt(90)), Duration.ZERO);
        return new ScheduleSpec(cadence, Schedules.everyMinute().target(),
                OVERLAPS.get(random.nextInt(OVERLAPS.size())),
                new CatchUp(random.nextInt(4), Duration.ofSeconds(60L + random.nextInt(600))),
                Duration.ofMillis(random.nextInt(3) * 7_000L), false);
    }

    private void step(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> open.stream().skip(random.nextInt(open.size() + 1)).findFirst().ifPresent(this::end);
            case 1 -> new ArrayList<>(open).forEach(this::end);
            case 2 -> {
                ScheduleSpec wanted = spec(random).withPaused(random.nextInt(3) == 0);
                take(Scheduling.changed(Optional.of(schedule), schedule.revision().changed(wanted, "change", now), now)
                        .orElseThrow());
            }
            default -> pass();
        }
    }

    private void end(JobId job) {
        open.remove(job);
        take(Scheduling.ended(schedule, Schedules.ended(job, JobState.FAILED), now));
    }

    private void pass() {
        Instant before = schedule.cursor();
        Set<Instant> fresh = dueUntil(before);
        long missed = fresh.stream()
                .filter(due -> schedule.firesAt(due).isBefore(now.minus(CatchUp.GRACE)))
                .filter(due -> due.isBefore(now.minus(CatchUp.GRACE)))
                .count();
        Set<JobId> already = new HashSet<>(fired.keySet());
        Schedule asItWas = schedule;

        take(Scheduling.due(schedule, now));

        long lateFired = fired.entrySet()
                .stream()
                .filter(entry -> !already.contains(entry.getKey())
                        && schedule.firesAt(entry.getValue()).isBefore(now.minus(CatchUp.GRACE)))
                .count();
        assertThat(lateFired).isLessThanOrEqualTo(asItWas.spec().catchUp().firings());
        if (asItWas.spec().overlap() == Overlap.ALLOW && !asItWas.spec().paused()) {
            assertThat(fired.size() - already.size()).as("fired of %s, %s missed", fresh, missed)
                    .isBetween(fresh.size() - (int) missed, fresh.size());
            fresh.stream()
                    .filter(due -> !schedule.firesAt(due).isBefore(now.minus(CatchUp.GRACE)))
                    .forEach(due -> assertThat(fired).containsKey(
                            schedule.jobOf(new Schedule.DueTime(due, false))));
        }
    }

    private Set<Instant> dueUntil(Instant before) {
        Set<Instant> due = new LinkedHashSet<>();
        Optional<Instant> next = schedule.spec().paused() ? Optional.empty() : schedule.spec().cadence().after(before);
        while (next.filter(time -> !schedule.firesAt(time).isAfter(now)).isPresent()) {
            due.add(next.get());
            next = schedule.spec().cadence().after(next.get());
        }
        return due;
    }

    private void take(Scheduling.Decision decision) {
        assertThat(decision.schedule().cursor()).isAfterOrEqualTo(schedule.cursor());
        // A change lets what was due before it happen as it was wanted then.
        boolean mayOverlap = decision.schedule().spec().overlap() == Overlap.ALLOW
                || schedule.spec().overlap() == Overlap.ALLOW;
        schedule = decision.schedule();
        for (ScheduleEffect effect : decision.effects()) {
            if (effect instanceof ScheduleEffect.Fire(JobId job, var submission)) {
                Instant due = Instant.ofEpochMilli(submission.origin().orElseThrow().index());
                assertThat(fired.put(job, due)).as("fired %s twice", due).isNull();
                assertThat(mayOverlap || open.isEmpty()).as("%s fired while %s are open", due, open).isTrue();
                open.add(job);
            }
        }
        List<Instant> dues = schedule.firings().stream().map(Firing::due).toList();
        assertThat(dues).doesNotHaveDuplicates();
    }
}
