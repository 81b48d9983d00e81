package dev.leat.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.simulation.kafka.Cluster;
import dev.leat.simulation.world.World;

/** Draws plans from seeds: a few processes, some jobs of every kind, and faults of every kind. */
final class PlanDraw {

    static final JobTypeName TYPE = JobTypeName.parse(Cluster.PLUGIN + ":job");
    private static final JobId NOBODYS = new JobId(new UUID(0x0000_0000_0000_7000L, 0x8000_ffff_ffff_0000L));
    private static final long SUBMITTING = World.millis(10_000);
    private static final PlannedFault.Kind[] OF_WORKERS = {PlannedFault.Kind.KILL_WORKER,
            PlannedFault.Kind.KILL_WORKER, PlannedFault.Kind.SUSPEND_WORKER, PlannedFault.Kind.SUSPEND_WORKER,
            PlannedFault.Kind.CUT_WORKER, PlannedFault.Kind.STALL_WORKER, PlannedFault.Kind.FAIL_CLAIMING,
            PlannedFault.Kind.DRAIN_WORKER, PlannedFault.Kind.REBALANCE_WORKERS, PlannedFault.Kind.LAG_WORKER};
    private static final PlannedFault.Kind[] OF_PROJECTORS = {PlannedFault.Kind.KILL_PROJECTOR,
            PlannedFault.Kind.SUSPEND_PROJECTOR, PlannedFault.Kind.CUT_PROJECTOR,
            PlannedFault.Kind.REBALANCE_PROJECTORS, PlannedFault.Kind.LAG_PROJECTOR};
    private static final PlannedFault.Moment[] MOMENTS_OF_WORKERS = {PlannedFault.Moment.CLAIM,
            PlannedFault.Moment.COMMIT, PlannedFault.Moment.RUN};
    private static final PlannedFault.Moment[] MOMENTS_OF_PROJECTORS = {PlannedFault.Moment.TRANSACTION};
    private static final Behaviour.Ending[] ENDINGS = EnumSet.complementOf(EnumSet.of(Behaviour.Ending.WAIT))
            .toArray(Behaviour.Ending[]::new);
    private static final int LAST_FAULT = 25_000;
    private static final long FAULTS_UNTIL = World.millis(30_000);

    private final SplittableRandom random;
    private final int partitions;
    private final boolean silencing;

    private PlanDraw(SplittableRandom random) {
        this.random = random;
        this.partitions = 1 + random.nextInt(2);
        this.silencing = oneIn(2);
    }

    /** The plan of a seed. */
    static Plan of(long seed) {
        PlanDraw draw = new PlanDraw(new SplittableRandom(seed));
        return draw.plan();
    }

    private Plan plan() {
        int workers = oneIn(3) ? 1 : 2 + random.nextInt(2);
        int projectors = 1 + random.nextInt(2);
        List<PlannedJob> jobs = new ArrayList<>();
        int howMany = 2 + random.nextInt(7);
        for (int i = 0; i < howMany; i++) {
            jobs.add(job(i));
        }
        List<PlannedFault> faults = new ArrayList<>();
        int howManyFaults = random.nextInt(7);
        // Faults that meet do more harm than each alone.
        int within = oneIn(2) ? LAST_FAULT : 6_000;
        int from = random.nextInt(LAST_FAULT - within + 1);
        for (int i = 0; i < howManyFaults; i++) {
            faults.add(oneIn(2) ? faultAtItsMoment() : fault(World.millis(from + random.nextInt(within))));
        }
        Plan plan = new Plan(workers, projectors, partitions, 1 + random.nextInt(3),
                World.millis(oneIn(4) ? 16_000 : 6_000), jobs, List.of(), List.of(), List.of(), faults, FAULTS_UNTIL);
        Plan scheduled = oneIn(3) ? plan.withSchedules(schedules()) : plan;
        Plan batched = oneIn(4) ? scheduled.withBatches(new BatchDraw(TYPE, random).batches()) : scheduled;
        Plan limited = oneIn(6) ? limited(batched) : batched;
        return oneIn(4) ? limited.withJobs(letSomeWait(limited.jobs())) : limited;
    }

    /** Some wait for jobs that are submitted in any order, but never for each other; some for one that nobody submits. */
    private List<PlannedJob> letSomeWait(List<PlannedJob> jobs) {
        List<JobId> earlier = new ArrayList<>();
        List<PlannedJob> some = new ArrayList<>();
        for (PlannedJob job : jobs) {
            List<JobId> awaited = earlier.stream().filter(_ -> oneIn(2)).toList();
            boolean waits = awaited.isEmpty() ? oneIn(12) : oneIn(2);
            some.add(waits
                    ? job.doingFirst(Behaviour.waiting(awaited.isEmpty() ? List.of(NOBODYS) : awaited,
                            World.millis(random.nextInt(1_500))))
                    : job);
            earlier.add(job.id());
        }
        return some;
    }

    private Plan limited(Plan plan) {
        SettingsDraw draw = new SettingsDraw(TYPE, random);
        List<PlannedJob> jobs = new ArrayList<>(plan.jobs());
        jobs.addAll(draw.jobs());
        return plan.withJobs(jobs).withSettings(draw.settings());
    }

    private List<PlannedSchedule> schedules() {
        List<PlannedSchedule> schedules = new ArrayList<>();
        int howMany = 1 + random.nextInt(2);
        for (int i = 0; i < howMany; i++) {
            long at = random.nextLong(SUBMITTING);
            long until = at + World.millis(3_000 + random.nextInt(15_000));
            schedules.add(new PlannedSchedule(at, until, new ScheduleId("schedule-" + i), scheduleSpec()));
        }
        return schedules;
    }

    private ScheduleSpec scheduleSpec() {
        JobTemplate job = new JobTemplate(TYPE, oneOf(Lane.values()), new Json("{}"), List.of(), policy(false));
        return new ScheduleSpec(
                new Cadence.Interval(Duration.ofMillis(1_000 + random.nextInt(3_000)), Duration.ZERO), job,
                oneIn(2) ? Overlap.ALLOW : oneOf(Overlap.values()), new CatchUp(CatchUp.MOST, CatchUp.LONGEST),
                oneIn(3) ? Duration.ofMillis(random.nextInt(800)) : Duration.ZERO, false);
    }

    private PlannedFault fault(long at) {
        PlannedFault.Kind[] kinds = PlannedFault.Kind.values();
        return new PlannedFault(PlannedFault.When.at(at), oneOf(kinds), random.nextInt(20),
                length());
    }

    /** Long enough to lose a lease, or not. */
    private long length() {
        return World.millis(silencing ? 10_500 + random.nextInt(6_000) : 200 + random.nextInt(8_000));
    }

    private PlannedFault faultAtItsMoment() {
        boolean ofWorker = !oneIn(5);
        PlannedFault.Kind[] kinds = ofWorker ? OF_WORKERS : OF_PROJECTORS;
        PlannedFault.Moment[] moments = ofWorker ? MOMENTS_OF_WORKERS : MOMENTS_OF_PROJECTORS;
        PlannedFault.When when = new PlannedFault.When(oneOf(moments),
                1L + random.nextInt(ofWorker ? 8 : 30), random.nextLong(World.millis(10)));
        return new PlannedFault(when, oneOf(kinds), random.nextInt(20), length());
    }

    private PlannedJob job(int number) {
        long at = random.nextLong(SUBMITTING);
        Terms terms = terms(World.BEGINNING.plusNanos(at));
        OptionalLong cancelAt = oneIn(4) ? later(at, oneIn(2) ? 3_000 : 20_000) : OptionalLong.empty();
        OptionalLong forgetAt = oneIn(8) ? later(at, 12_000) : OptionalLong.empty();
        boolean takesLong = oneIn(8);
        Submission submission = new Submission(TYPE, oneOf(Lane.values()), new Json("{}"), List.of(),
                policy(takesLong), terms, World.BEGINNING.plusNanos(at));
        return new PlannedJob(at, id(number, terms), submission, takesLong ? lasting() : behaviours(), cancelAt,
                forgetAt, !oneIn(15));
    }

    private OptionalLong later(long at, int withinMillis) {
        return OptionalLong.of(at + World.millis(random.nextInt(withinMillis)));
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> Optional<T> oneIn(int n, T value) {
        return oneIn(n) ? Optional.of(value) : Optional.empty();
    }

    private Instant around(Instant time, int from, int to) {
        return time.plusMillis(random.nextInt(from, to));
    }

    private Terms terms(Instant at) {
        Optional<String> unique = oneIn(4, "key-" + random.nextInt(2));
        Optional<Terms.Idempotency> request = unique.isEmpty()
                ? oneIn(6, new Terms.Idempotency("request-0", "body-" + random.nextInt(2)))
                : Optional.empty();
        return new Terms(oneIn(4, around(at, -500, 4_000)), oneIn(6, around(at, 500, 8_000)),
                oneIn(8, around(at, 1_000, 15_000)), unique, request);
    }

    private PolicyOverrides policy(boolean takesLong) {
        Backoff backoff = new Backoff(Duration.ofMillis(random.nextInt(1_500)), 2, Duration.ofSeconds(4), 0.2);
        return new PolicyOverrides(Optional.of(1 + random.nextInt(3)), Optional.of(backoff),
                Optional.of(Duration.ofMillis(takesLong ? 30_000 : 1_000 + random.nextInt(6_000))),
                oneIn(6, Duration.ofMillis(random.nextInt(5_000))));
    }

    /** Longer than a lease: what is wrongly taken for lost is still there. */
    private List<Behaviour> lasting() {
        return List.of(new Behaviour(Behaviour.Ending.SUCCEED, World.millis(8_000 + random.nextInt(12_000)), 0));
    }

    private List<Behaviour> behaviours() {
        List<Behaviour> behaviours = new ArrayList<>();
        int before = random.nextInt(3);
        for (int i = 0; i < before; i++) {
            behaviours.add(behaviour(oneOf(ENDINGS)));
        }
        behaviours.add(behaviour(oneIn(8) ? Behaviour.Ending.FAIL : Behaviour.Ending.SUCCEED));
        return behaviours;
    }

    private Behaviour behaviour(Behaviour.Ending ending) {
        long nanos = World.millis(oneIn(2) ? random.nextInt(6_000) : random.nextInt(800));
        long stubborn = World.millis(oneIn(5) ? random.nextInt(12_000) : random.nextInt(20));
        return new Behaviour(ending, nanos, stubborn);
    }

    /** An id that falls into the partition of the job's key, if it has one. */
    private JobId id(int number, Terms terms) {
        Optional<String> key = terms.uniqueKey().or(() -> terms.idempotency().map(Terms.Idempotency::key));
        while (true) {
            long low = 0x8000_0000_0000_0000L | ((long) number << 16) | random.nextInt(1 << 16);
            JobId id = new JobId(new UUID(0x0000_0000_0000_7000L, low));
            if (key.isEmpty() || Math.floorMod(low, partitions) == Math.floorMod(key.get().hashCode(), partitions)) {
                return id;
            }
        }
    }
}
