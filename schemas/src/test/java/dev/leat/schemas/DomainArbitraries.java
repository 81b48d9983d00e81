package dev.leat.schemas;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import dev.leat.domain.Attempts;
import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Backoff;
import dev.leat.domain.Checkpoint;
import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Intake;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.LogLine;
import dev.leat.domain.Origin;
import dev.leat.domain.PastAttempt;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Progress;
import dev.leat.domain.Request;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;
import dev.leat.domain.Waits;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.limit.PluginUse;
import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.Cron;
import dev.leat.domain.schedule.Firing;
import dev.leat.domain.schedule.JobTemplate;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.domain.schedule.ScheduleTarget;
import dev.leat.domain.schedule.Submitted;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.Operation;
import dev.leat.domain.batch.Rollback;
import dev.leat.domain.batch.Tally;

/** Any value of the domain, likely or not, whose text is well-formed and whose times are whole milliseconds. */
final class DomainArbitraries {

    private DomainArbitraries() {}

    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("", " ", "\u0000", "\n", "\"", "ä", "漢字", "🙂🙂", "e\u0301", "\ufeff", "\uffff"),
                Arbitraries.strings().ofMaxLength(30).filter(DomainArbitraries::isWellFormed));
    }

    /** No half of a surrogate pair stands alone. */
    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    static Arbitrary<Instant> instants() {
        return Arbitraries.longs().map(Instant::ofEpochMilli);
    }

    static Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(60);
    }

    static Arbitrary<ClaimId> claimIds() {
        return texts().map(ClaimId::new);
    }

    static Arbitrary<JobId> jobIds() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new).map(JobId::new);
    }

    static Arbitrary<Json> json() {
        return Arbitraries.oneOf(Arbitraries.of("{}", "null", "[1e999]").map(Json::new), texts().map(Json::new));
    }

    static Arbitrary<JobTypeName> types() {
        return Combinators.combine(names(), names()).as(JobTypeName::new);
    }

    static Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(0, Duration.ofDays(30).toMillis()).map(Duration::ofMillis);
    }

    static Arbitrary<Backoff> backoffs() {
        return Combinators.combine(durations(), Arbitraries.doubles().between(1, 100), durations(),
                Arbitraries.doubles().between(0, 1)).as(Backoff::new);
    }

    static Arbitrary<PolicyOverrides> overrides() {
        return Combinators.combine(Arbitraries.integers().between(1, 100).optional(), backoffs().optional(),
                durations().map(timeout -> timeout.plusMillis(1))
                        .filter(timeout -> timeout.compareTo(JobPolicy.LONGEST_TIMEOUT) <= 0)
                        .optional(),
                durations().optional()).as(PolicyOverrides::new);
    }

    static Arbitrary<Terms> terms() {
        Arbitrary<String> keys = texts().filter(key -> !key.isEmpty());
        return Combinators.combine(instants().optional(), instants().optional(), instants().optional(),
                keys.optional(), Combinators.combine(keys, texts()).as(Terms.Idempotency::new).optional())
                .as(Terms::new);
    }

    static Arbitrary<Submission> submissions() {
        return Combinators.combine(types(), Arbitraries.of(Lane.class), json(), texts().list().ofMaxSize(3),
                overrides(), terms(), instants(), origins().optional()).as(Submission::new);
    }

    static Arbitrary<Origin> origins() {
        return Combinators.combine(Arbitraries.of(Origin.Kind.class), texts().filter(id -> !id.isEmpty()),
                Arbitraries.longs()).as(Origin::new);
    }

    static Arbitrary<Checkpoint> checkpoints() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Checkpoint::of);
    }

    static Arbitrary<LogLine> logLines() {
        return Combinators.combine(instants(), Arbitraries.of(LogLine.Level.class), texts(),
                Arbitraries.maps(texts(), texts()).ofMaxSize(3)).as(LogLine::new);
    }

    static Arbitrary<JobLog> logs() {
        Arbitrary<JobLog.Entry> entries = Combinators.combine(Arbitraries.integers(), logLines())
                .as(JobLog.Entry::new);
        return Combinators.combine(entries.list().ofMaxSize(3), Arbitraries.longs(), claimIds().optional(),
                Arbitraries.longs()).as(JobLog::new);
    }

    static Arbitrary<JobNotice> notices() {
        return Combinators.combine(origins(), jobIds(), types(),
                Arbitraries.of(JobState.class).filter(JobState::isTerminal), json().optional(),
                Combinators.combine(texts(), texts()).as(JobError::of).optional(), instants().optional(), instants())
                .as(JobNotice::new);
    }

    static Arbitrary<AwaitedJob> awaitedJobs() {
        return Combinators.combine(jobIds(), Arbitraries.of(JobState.class).filter(JobState::isTerminal).optional(),
                json().optional(), Combinators.combine(texts(), texts()).as(JobError::of).optional())
                .as(AwaitedJob::new);
    }

    static Arbitrary<Waits> waits() {
        Arbitrary<Waits.Watcher> watchers = Combinators.combine(jobIds(), Arbitraries.integers())
                .as(Waits.Watcher::new);
        return Combinators.combine(watchers.set().ofMaxSize(3), Arbitraries.integers(),
                awaitedJobs().list().uniqueElements(AwaitedJob::job).ofMaxSize(3))
                .as((watching, attempt, ended) -> new Waits(watching, attempt,
                        ended.stream().collect(Collectors.toMap(AwaitedJob::job, Function.identity()))));
    }

    static Arbitrary<Fact.JobQueued> commands() {
        return Combinators.combine(Arbitraries.integers().between(1, Integer.MAX_VALUE),
                Arbitraries.integers().greaterOrEqual(0), submissions(), checkpoints().optional(),
                awaitedJobs().list().ofMaxSize(2))
                .as(Fact.JobQueued::new);
    }

    static Arbitrary<CommandPosition> positions() {
        return Combinators.combine(texts(), Arbitraries.integers(), Arbitraries.longs()).as(CommandPosition::new);
    }

    static Arbitrary<Progress> progress() {
        return Combinators.combine(Arbitraries.doubles().between(0, 100), texts()).as(Progress::new);
    }

    static Arbitrary<JobError> errors() {
        return Combinators.combine(texts(), texts(), texts()).as(JobError::new);
    }

    static Arbitrary<Fact> events() {
        Arbitrary<Integer> attempt = Arbitraries.integers().between(1, Integer.MAX_VALUE);
        Arbitrary<Optional<Duration>> retry = durations().optional();
        return Arbitraries.oneOf(
                Combinators.combine(attempt, claimIds(), texts().map(WorkerId::new), positions(), retry, instants())
                        .as(Fact.AttemptStarted::new),
                Combinators.combine(attempt, claimIds(), Arbitraries.longs(), progress(), instants())
                        .as(Fact.AttemptProgressed::new),
                Combinators.combine(attempt, claimIds(), Arbitraries.longs(), checkpoints(), instants())
                        .as(Fact.AttemptCheckpointed::new),
                Combinators.combine(attempt, claimIds(), Arbitraries.longs(), logLines().list().ofMaxSize(3),
                        instants()).as(Fact.AttemptLogged::new),
                Combinators.combine(attempt, claimIds(), json(), instants()).as(Fact.AttemptSucceeded::new),
                Combinators.combine(attempt, claimIds(), errors(), retry, instants()).as(Fact.AttemptFailed::new),
                Combinators.combine(attempt, claimIds(), errors(), retry, instants()).as(Fact.AttemptTimedOut::new),
                Combinators.combine(attempt, claimIds(), durations(), instants()).as(Fact.AttemptSnoozed::new),
                Combinators.combine(attempt, claimIds(), jobIds().list().ofMaxSize(3), instants())
                        .as(Fact.AttemptWaiting::new),
                Combinators.combine(attempt, claimIds(), errors(), instants()).as(Fact.AttemptReleased::new),
                Combinators.combine(attempt, claimIds(), instants()).as(Fact.AttemptCancelled::new),
                Combinators.combine(attempt, claimIds(), instants()).as(Fact.ClaimAbandoned::new),
                Combinators.combine(attempt, claimIds(), instants()).as(Fact.ClaimDoubted::new),
                Combinators.combine(attempt, claimIds(), instants()).as(Fact.LeaseExpired::new),
                Combinators.combine(errors(), jobIds().optional(), instants()).as(Fact.JobRejected::new),
                instants().map(Fact.JobAdmitted::new),
                instants().map(Fact.JobCancelled::new),
                instants().map(Fact.JobExpired::new),
                instants().map(Fact.JobTimedOut::new));
    }

    static Arbitrary<Request> requests() {
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(EndReason.class), instants()).as(Fact.EndRequested::new),
                Combinators.combine(claimIds(), instants()).as(Request.StopClaim::new),
                Combinators.combine(jobIds(), Arbitraries.integers(), instants())
                        .as((job, attempt, at) -> new Fact.JobWatched(new Waits.Watcher(job, attempt), at)),
                Combinators.combine(Arbitraries.integers(), awaitedJobs(), instants()).as(Fact.AwaitedEnded::new),
                instants().map(Request.Forget::new));
    }

    static Arbitrary<Claim> claims() {
        return Combinators.combine(claimIds(), texts().map(WorkerId::new), positions(), durations().optional(),
                Arbitraries.of(true, false), instants(), progress().optional(),
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(List::of))
                .as((id, worker, command, retry, doubted, at, progress, sequences) -> new Claim(id, worker, command,
                        retry, doubted, at, sequences.getFirst(), progress, sequences.getLast()));
    }

    static Arbitrary<PastAttempt> pastAttempts() {
        return Combinators.combine(Arbitraries.integers(), texts().map(WorkerId::new), instants(), instants(),
                Arbitraries.of(PastAttempt.Ending.class), errors().optional()).as(PastAttempt::new);
    }

    static Arbitrary<Attempts> attempts() {
        return Combinators.combine(Arbitraries.integers(), Arbitraries.integers(), instants().optional(),
                jobIds().list().ofMaxSize(2), claims().list().ofMaxSize(3), claimIds().list().ofMaxSize(3),
                checkpoints().optional(),
                pastAttempts().list().ofMaxSize(3))
                .as(Attempts::new);
    }

    static Arbitrary<Job> jobs() {
        Arbitrary<Optional<Job.Outcome>> outcomes = Combinators
                .combine(instants(), json().optional(), errors().optional(), jobIds().optional())
                .as(Job.Outcome::new)
                .optional();
        Arbitrary<Intake> intakes = Combinators
                .combine(Arbitraries.of(true, false), Arbitraries.of(true, false), Arbitraries.integers())
                .as(Intake::new);
        return Combinators.combine(jobIds(), Arbitraries.of(JobState.class), submissions().optional(), intakes,
                attempts(), Arbitraries.maps(Arbitraries.of(EndReason.class), instants()), waits(), outcomes)
                .as(Job::new);
    }

    static Arbitrary<WorkerHeartbeat> heartbeats() {
        Arbitrary<List<String>> plugins = names().list().ofMaxSize(3);
        return Combinators.combine(texts().map(WorkerId::new), Arbitraries.longs(), instants(), instants(), texts(),
                texts(), plugins, Arbitraries.integers())
                .as((worker, sequence, started, sent, host, version, hosted, slots) -> new WorkerHeartbeat(worker,
                        sequence, started, sent, host, version, hosted, slots, slots / 2, slots / 3,
                        hosted.stream().map(plugin -> new PluginUse(plugin, slots, Optional.of(slots))).toList(),
                        Duration.ofSeconds(10), slots % 2 == 0));
    }

    static Arbitrary<PluginSetting> settings() {
        return Arbitraries.oneOf(
                Combinators.combine(names(), Arbitraries.of(true, false), instants()).as(PluginSetting.Pause::new),
                Combinators.combine(names(), Arbitraries.integers().between(1, 1000).optional(),
                        Arbitraries.doubles().between(0.01, 1000).optional(), instants())
                        .as(PluginSetting.Limits::new));
    }

    static Arbitrary<PluginDescriptor> descriptors() {
        Arbitrary<Function<String, JobTypeDescriptor>> jobTypesOfAnyPlugin = Combinators
                .combine(names(), texts(), Arbitraries.of(Lane.class), overrides(), json(), json(),
                        types().optional())
                .as((name, description, lane, policy, input, result, undo) -> plugin -> new JobTypeDescriptor(
                        new JobTypeName(plugin, name), description, lane, JobPolicy.DEFAULT.with(policy), input,
                        result, undo));
        return Combinators.combine(names(), jobTypesOfAnyPlugin.withoutEdgeCases().list().ofMaxSize(3))
                .as((plugin, jobTypes) -> new PluginDescriptor(plugin,
                        jobTypes.stream().map(jobType -> jobType.apply(plugin)).toList()));
    }

    private static Arbitrary<Cadence> cadences() {
        Arbitrary<Cadence> crons = Combinators
                .combine(
                        Arbitraries.of("* * * * *", "*/5 30 2 L * MON#2", "@daily", "0 9 1-5,7 JAN ?").map(Cron::parse),
                        Arbitraries.of("UTC", "Z", "+05:30", "Europe/Berlin", "America/Argentina/Buenos_Aires")
                                .map(ZoneId::of))
                .as(Cadence.OfCron::new);
        Arbitrary<Cadence> intervals = Arbitraries.longs()
                .between(1_000, Cadence.Interval.LONGEST.toMillis())
                .flatMap(every -> Arbitraries.longs()
                        .between(0, every - 1)
                        .map(offset -> new Cadence.Interval(Duration.ofMillis(every), Duration.ofMillis(offset))));
        return Arbitraries.oneOf(crons, intervals);
    }

    private static Arbitrary<ScheduleSpec> scheduleSpecs() {
        Arbitrary<JobTemplate> templates = Combinators.combine(types(), Arbitraries.of(Lane.class), json(),
                texts().list().ofMaxSize(3), overrides()).as(JobTemplate::new);
        Arbitrary<CatchUp> catchUps = Combinators.combine(Arbitraries.integers().between(0, CatchUp.MOST),
                Arbitraries.longs()
                        .between(CatchUp.GRACE.toMillis(), CatchUp.LONGEST.toMillis())
                        .map(Duration::ofMillis))
                .as(CatchUp::new);
        Arbitrary<ScheduleTarget> targets = Arbitraries.oneOf(templates.map(job -> (ScheduleTarget) job),
                batchRuns().map(ScheduleTarget.OfBatch::new));
        return Combinators.combine(cadences(), targets, Arbitraries.of(Overlap.class), catchUps,
                Arbitraries.longs().between(0, ScheduleSpec.MOST_JITTER.toMillis()).map(Duration::ofMillis),
                Arbitraries.of(true, false)).as(ScheduleSpec::new);
    }

    private static Arbitrary<BatchRun> batchRuns() {
        return Combinators.combine(names(), json()).as(BatchRun::new);
    }

    static Arbitrary<BatchOrder> batchOrders() {
        Arbitrary<BatchOrder.Content> contents = Arbitraries.oneOf(batchRuns().map(BatchOrder.Content.OfTemplate::new),
                json().map(BatchOrder.Content.Written::new));
        return Arbitraries.oneOf(instants().map(BatchOrder.Cancel::new),
                Combinators.combine(contents, origins().optional(), instants()).as(BatchOrder.Place::new));
    }

    private static Arbitrary<Submitted> submitted() {
        return Arbitraries.oneOf(jobIds().map(Submitted.Job::new),
                jobIds().map(id -> new Submitted.Batch(new BatchId(id.value()))));
    }

    static Arbitrary<ScheduleRevision> scheduleRevisions() {
        return Combinators.combine(names().map(ScheduleId::new), instants(), Arbitraries.longs(), texts(), instants(),
                scheduleSpecs(), instants().optional()).as(ScheduleRevision::new);
    }

    static Arbitrary<Schedule> schedules() {
        Arbitrary<Firing.Outcome> fired = Combinators.combine(submitted(), Arbitraries.of(JobState.class).optional())
                .as(Firing.Outcome.Fired::new);
        Arbitrary<Firing.Outcome> skipped = Combinators
                .combine(Arbitraries.of(Firing.SkipReason.class), instants().optional())
                .as(Firing.Outcome.Skipped::new);
        Arbitrary<Firing> firings = Combinators.combine(instants(), instants(), Arbitraries.oneOf(fired, skipped))
                .as(Firing::new);
        return Combinators.combine(scheduleRevisions(), instants(),
                Combinators.combine(instants(), Arbitraries.of(true, false)).as(Schedule.DueTime::new).optional(),
                submitted().list().ofMaxSize(3)
                        .map(open -> open.stream()
                                .sorted(Comparator.comparing((Submitted one) -> new JobId(one.value()))
                                        .thenComparing(Submitted.Batch.class::isInstance))
                                .toList()),
                firings.list().ofMaxSize(3)).as(Schedule::new);
    }

    static Arbitrary<BatchEvent> batchEvents() {
        Arbitrary<BatchEvent> items = Combinators.combine(Arbitraries.integers().between(0, 1_000_000), jobIds(),
                submissions(), Combinators.combine(types(), Arbitraries.of(Lane.class), overrides())
                        .as(Operation.Compensation::new).optional())
                .as(Operation::new).map(BatchEvent.Item::new);
        return Arbitraries.oneOf(items, batchSpecs().map(BatchEvent.Opened::new),
                instants().map(BatchEvent.CancelRequested::new), instants().map(BatchEvent.RollbackRequested::new));
    }

    static Arbitrary<BatchSpec> batchSpecs() {
        Arbitrary<BatchOptions> options = Combinators.combine(Arbitraries.of(BatchOptions.OnFailure.class),
                Arbitraries.integers().between(1, BatchOptions.MOST_CONCURRENCY).optional()).as(BatchOptions::new);
        return Combinators.combine(texts().optional(), Arbitraries.integers().between(1, BatchSpec.MOST_OPERATIONS),
                Arbitraries.maps(types(), Arbitraries.integers()).ofMaxSize(3), options,
                Combinators.combine(jobIds(), submissions()).as(BatchSpec.SummaryJob::new).optional(), instants(),
                origins().optional(), Combinators.combine(names(), texts()).as(JobError::of).optional())
                .as(BatchSpec::new);
    }

    static Arbitrary<Batch> batches() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, BatchSpec.MOST_OPERATIONS);
        Arbitrary<Tally> tallies = Combinators.combine(
                Arbitraries.maps(ends(), counts).ofMaxSize(3), Arbitraries.maps(types(), counts).ofMaxSize(3),
                durations()).as(Tally::new);
        Arbitrary<Rollback> rollbacks = Combinators.combine(counts, Arbitraries.of(true, false), counts, counts, counts)
                .as(Rollback::new);
        return Combinators.combine(jobIds().map(id -> new BatchId(id.value())), batchSpecs(), counts, tallies,
                Arbitraries.of(Batch.Halt.class).optional(), rollbacks.optional(), instants().optional())
                .as((id, spec, count, tally, halt, rollback, at) -> new Batch(id, spec, count % 2 == 0, count, tally,
                        halt, halt.map(_ -> count), rollback, count % 3 == 0, at,
                        at));
    }

    static Arbitrary<BatchMember> batchMembers() {
        Arbitrary<BatchMember.End> ended = Combinators.combine(ends(),
                Combinators.combine(texts(), texts()).as(JobError::of).optional(), instants().optional(), instants(),
                json().optional(), Arbitraries.integers().optional()).as(BatchMember.End::new);
        return Combinators.combine(Arbitraries.integers(), jobIds(), types(), Arbitraries.of(true, false),
                ended.optional(), Combinators.combine(jobIds(), ends().optional()).as(BatchMember.Undo::new).optional())
                .as(BatchMember::new);
    }

    private static Arbitrary<JobState> ends() {
        return Arbitraries.of(JobState.class).filter(JobState::isTerminal);
    }
}
