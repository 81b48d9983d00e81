package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

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
import dev.leat.domain.batch.BatchTemplate;
import dev.leat.domain.batch.Operation;
import dev.leat.domain.batch.Rollback;
import dev.leat.domain.batch.Tally;

/**
 * The Avro bytes of one instance of each record. They change only with the schema or with what the codec says in it:
 * where one of these fails, records of other versions are being read differently than they were written.
 */
class GoldenBytesTest {

    private static final Instant AT = Instant.ofEpochMilli(1_767_268_800_000L);
    private static final ClaimId CLAIM = new ClaimId("c1");
    private static final Checkpoint CHECKPOINT = Checkpoint.of(new byte[]{1, 2});
    private static final JobId OTHER = JobId.parse("01932d3a-7b4c-7000-8000-000000000002");
    private static final Submission SUBMISSION = new Submission(JobTypeName.parse("demo:prime"), Lane.HIGH,
            new Json("{}"), List.of("a", "ä"),
            PolicyOverrides.of(new JobPolicy(5, new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.5),
                    Duration.ofSeconds(30), Duration.ofHours(1))),
            new Terms(Optional.of(AT), Optional.of(AT.plusMillis(1)), Optional.of(AT.plusMillis(2)), Optional.of("k"),
                    Optional.of(new Terms.Idempotency("i", "f"))),
            AT, Optional.of(new Origin(Origin.Kind.BATCH, "b1", 7)));

    private static final Submission PLAIN = Submission.plain(JobTypeName.parse("demo:prime"), Lane.HIGH, new Json("{}"),
            List.of(), AT);
    private static final BatchSpec SPEC = new BatchSpec(Optional.of("n"), 3, Map.of(JobTypeName.parse("demo:prime"), 3),
            new BatchOptions(BatchOptions.OnFailure.STOP, Optional.of(2)),
            Optional.of(new BatchSpec.SummaryJob(OTHER, PLAIN)), AT);
    private static final AwaitedJob END = new AwaitedJob(OTHER, Optional.of(JobState.FAILED),
            Optional.of(new Json("1")),
            Optional.of(JobError.of("e", "no")));

    private static final BatchOrder.Place PLACE = new BatchOrder.Place(
            new BatchOrder.Content.OfTemplate(new BatchRun("n", new Json("{}"))),
            Optional.of(new Origin(Origin.Kind.SCHEDULE, "s1", 7)), AT);

    private final FramedAvro framed = new FramedAvro();
    private final Codecs codecs = Codecs.of(new Topics(Topics.DEFAULT_PREFIX), framed, framed);

    @Test
    void command() {
        assertBytes(codecs.commands(), "leat.jobs.demo.high",
                new Fact.JobQueued(2, 1, SUBMISSION, Optional.of(CHECKPOINT), List.of(END)),
                "1464656d6f3a7072696d65047b7d80d8ee96ef6604026104c3a400040200020a02d00f0000000000"
                        + "000040c0a907000000000000e03f02e0d4030280bab7030280d8ee96ef660282d8ee96ef660284d8"
                        + "ee96ef6602026b020269026602040102020a62617463680462310e024830313933326433612d3762"
                        + "34632d373030302d383030302d303030303030303030303032020c6661696c656402023102026504"
                        + "6e6f00");
    }

    @Test
    void started() {
        assertEvent(new Fact.AttemptStarted(1, CLAIM, new WorkerId("w1"), new CommandPosition("t", 3, 300),
                Optional.of(Duration.ofSeconds(2)), AT),
                "0280d8ee96ef66020204633102047731027406d80402a01f0000000000000000");
    }

    @Test
    void progressed() {
        assertEvent(new Fact.AttemptProgressed(1, CLAIM, 7, new Progress(40, "sieving"), AT),
                "0480d8ee96ef66020204633100020e00000000000044400e73696576696e6700000000000000");
    }

    @Test
    void checkpointed() {
        assertEvent(new Fact.AttemptCheckpointed(1, CLAIM, 7, CHECKPOINT, AT),
                "2280d8ee96ef660202046331000000000000020e0401020000");
    }

    @Test
    void logged() {
        assertEvent(new Fact.AttemptLogged(1, CLAIM, 7,
                List.of(new LogLine(AT, LogLine.Level.WARN, "low", Map.of("disk", "a"))), AT),
                "2480d8ee96ef66020204633100000000000000020e0280d8ee96ef66087761726e066c6f77020864"
                        + "69736b0261000000");
    }

    @Test
    void pause() {
        assertBytes(codecs.settings(), "leat.plugin-settings", new PluginSetting.Pause("demo", true, AT),
                "0864656d6f0280d8ee96ef66010000");
    }

    @Test
    void limits() {
        assertBytes(codecs.settings(), "leat.plugin-settings",
                new PluginSetting.Limits("demo", Optional.of(3), Optional.of(0.5), AT),
                "0864656d6f0480d8ee96ef6600020602000000000000e03f");
    }

    @Test
    void log() {
        assertBytes(codecs.logs(), "leat-projector-logs-changelog", new JobLog(
                List.of(new JobLog.Entry(2, new LogLine(AT, LogLine.Level.WARN, "low", Map.of("disk", "a")))), 3,
                Optional.of(CLAIM), 4),
                "020480d8ee96ef66087761726e066c6f7702086469736b02610000060204633108");
    }

    @Test
    void notice() {
        assertBytes(codecs.notices(), "leat.notices", new JobNotice(new Origin(Origin.Kind.SCHEDULE, "s1", 9), OTHER,
                JobTypeName.parse("demo:prime"), JobState.FAILED, Optional.of(new Json("1")),
                Optional.of(JobError.of("handler-failed", "no")), Optional.of(AT), AT.plusMillis(1)),
                "107363686564756c65047331124830313933326433612d376234632d373030302d383030302d3030"
                        + "303030303030303030321464656d6f3a7072696d650c6661696c6564020231021c68616e646c6572"
                        + "2d6661696c6564046e6f0280d8ee96ef6682d8ee96ef66");
    }

    @Test
    void waiting() {
        assertEvent(new Fact.AttemptWaiting(1, CLAIM, List.of(OTHER), AT),
                "2680d8ee96ef6602020463310000000000000000024830313933326433612d376234632d37303030"
                        + "2d383030302d30303030303030303030303200");
    }

    @Test
    void succeeded() {
        assertEvent(new Fact.AttemptSucceeded(1, CLAIM, new Json("{\"count\":4}"), AT),
                "0680d8ee96ef660202046331000002167b22636f756e74223a347d000000000000");
    }

    @Test
    void failed() {
        assertEvent(new Fact.AttemptFailed(1, CLAIM, new JobError("handler-threw", "no", "at x"),
                Optional.of(Duration.ofSeconds(2)), AT),
                "0880d8ee96ef660202046331000000021a68616e646c65722d7468726577046e6f086174207802a0"
                        + "1f00000000");
    }

    @Test
    void stopped() {
        assertEvent(new Fact.AttemptCancelled(1, CLAIM, AT), "0a80d8ee96ef660202046331000000000000000000");
    }

    @Test
    void abandoned() {
        assertEvent(new Fact.ClaimAbandoned(1, CLAIM, AT), "0c80d8ee96ef660202046331000000000000000000");
    }

    @Test
    void rejected() {
        assertEvent(new Fact.JobRejected(JobError.of("invalid-params", "limit"), Optional.of(OTHER), AT),
                "0e80d8ee96ef6600000000021c696e76616c69642d706172616d730a6c696d697400000248303139"
                        + "33326433612d376234632d373030302d383030302d303030303030303030303032000000");
    }

    @Test
    void cancelled() {
        assertEvent(new Fact.JobCancelled(AT), "1080d8ee96ef6600000000000000000000");
    }

    @Test
    void timedOut() {
        assertEvent(new Fact.AttemptTimedOut(1, CLAIM, JobError.of("timeout", "late"), Optional.empty(), AT),
                "1280d8ee96ef660202046331000000020e74696d656f7574086c617465000000000000");
    }

    @Test
    void snoozed() {
        assertEvent(new Fact.AttemptSnoozed(1, CLAIM, Duration.ofSeconds(2), AT),
                "1480d8ee96ef6602020463310000000002a01f00000000");
    }

    @Test
    void released() {
        assertEvent(new Fact.AttemptReleased(1, CLAIM, JobError.of("worker-stopped", "bye"), AT),
                "1680d8ee96ef660202046331000000021c776f726b65722d73746f70706564066279650000000000"
                        + "00");
    }

    @Test
    void doubted() {
        assertEvent(new Fact.ClaimDoubted(1, CLAIM, AT), "1880d8ee96ef660202046331000000000000000000");
    }

    @Test
    void leaseExpired() {
        assertEvent(new Fact.LeaseExpired(1, CLAIM, AT), "1a80d8ee96ef660202046331000000000000000000");
    }

    @Test
    void admitted() {
        assertEvent(new Fact.JobAdmitted(AT), "1c80d8ee96ef6600000000000000000000");
    }

    @Test
    void expired() {
        assertEvent(new Fact.JobExpired(AT), "1e80d8ee96ef6600000000000000000000");
    }

    @Test
    void jobTimedOut() {
        assertEvent(new Fact.JobTimedOut(AT), "2080d8ee96ef6600000000000000000000");
    }

    @Test
    void pending() {
        assertBytes(codecs.pending(), "leat.pending", new Fact.JobScheduled(SUBMISSION),
                "1464656d6f3a7072696d65047b7d80d8ee96ef6604026104c3a4000200020868696768020a02d00f"
                        + "0000000000000040c0a907000000000000e03f02e0d4030280bab7030280d8ee96ef660282d8ee96"
                        + "ef660284d8ee96ef6602026b020269026600020a62617463680462310e00");
    }

    @Test
    void cancel() {
        assertBytes(codecs.control(), "leat.control", new Fact.EndRequested(EndReason.CANCEL, AT),
                "0280d8ee96ef6600000000");
    }

    @Test
    void expire() {
        assertBytes(codecs.control(), "leat.control", new Fact.EndRequested(EndReason.EXPIRE, AT),
                "0480d8ee96ef6600000000");
    }

    @Test
    void timeOut() {
        assertBytes(codecs.control(), "leat.control", new Fact.EndRequested(EndReason.DEADLINE, AT),
                "0680d8ee96ef6600000000");
    }

    @Test
    void stopClaim() {
        assertBytes(codecs.control(), "leat.control", new Request.StopClaim(CLAIM, AT), "0880d8ee96ef6602046331000000");
    }

    @Test
    void forget() {
        assertBytes(codecs.control(), "leat.control", new Request.Forget(AT), "0a80d8ee96ef6600000000");
    }

    @Test
    void watched() {
        assertBytes(codecs.control(), "leat.control", new Fact.JobWatched(new Waits.Watcher(OTHER, 2), AT),
                "0c80d8ee96ef6600024830313933326433612d376234632d373030302d383030302d303030303030"
                        + "303030303032020400");
    }

    @Test
    void awaitedEnded() {
        assertBytes(codecs.control(), "leat.control", new Fact.AwaitedEnded(2, END, AT),
                "0e80d8ee96ef6600000204024830313933326433612d376234632d373030302d383030302d303030"
                        + "303030303030303032020c6661696c6564020231020265046e6f");
    }

    @Test
    void heartbeat() {
        assertBytes(codecs.heartbeats(), "leat.workers",
                new WorkerHeartbeat(new WorkerId("w1"), 9, AT, AT.plusMillis(1), "h", "0.1.0", List.of("demo"), 8, 5, 1,
                        List.of(new PluginUse("demo", 3, Optional.of(4))), Duration.ofSeconds(10), true),
                "0477311280d8ee96ef6682d8ee96ef6602680a302e312e30020864656d6f00100a02a09c01020864"
                        + "656d6f0602080001");
    }

    @Test
    void descriptor() {
        assertBytes(codecs.plugins(), "leat.plugins",
                new PluginDescriptor("demo", List.of(new PluginDescriptor.JobTypeDescriptor(
                        JobTypeName.parse("demo:echo"), "Says it.", Lane.LOW, JobPolicy.DEFAULT, new Json("{}"),
                        new Json("true"), Optional.of(JobTypeName.parse("demo:unsay"))))),
                "0864656d6f02086563686f10536179732069742e066c6f77047b7d08747275650206d00f00000000"
                        + "00000040809f499a9999999999c93f80dddb0180f0b252021464656d6f3a756e73617900");
    }

    @Test
    void job() {
        Claim claim = new Claim(CLAIM, new WorkerId("w1"), new CommandPosition("t", 3, 300),
                Optional.of(Duration.ofSeconds(2)), true, AT, 7, Optional.of(new Progress(40, "sieving")), 4);
        Attempts attempts = new Attempts(2, 1, Optional.of(AT), List.of(OTHER), List.of(claim),
                List.of(new ClaimId("c0")),
                Optional.of(CHECKPOINT),
                List.of(new PastAttempt(1, new WorkerId("w0"), AT, AT, PastAttempt.Ending.FAILED,
                        Optional.of(JobError.of("handler-failed", "no")))));
        Job job = new Job(JobId.parse("01932d3a-7b4c-7000-8000-000000000001"), JobState.FAILED,
                Optional.of(SUBMISSION), new Intake(true, true, 2), attempts,
                Map.of(EndReason.EXPIRE, AT, EndReason.CANCEL, AT),
                new Waits(Set.of(new Waits.Watcher(OTHER, 2)), 3, Map.of(OTHER, END)),
                Optional.of(new Job.Outcome(AT, Optional.of(new Json("1")),
                        Optional.of(JobError.of("handler-failed", "no")), Optional.of(OTHER))));
        assertBytes(codecs.jobs(), "jobs", job,
                "4830313933326433612d376234632d373030302d383030302d3030303030303030303030310c6661"
                        + "696c656404021464656d6f3a7072696d650868696768047b7d04026104c3a40080d8ee96ef66020a"
                        + "02d00f0000000000000040c0a907000000000000e03f02e0d4030280bab7030280d8ee96ef660282"
                        + "d8ee96ef660284d8ee96ef6602026b0202690266020a62617463680462310e020463310477310274"
                        + "06d80480d8ee96ef660e0200000000000044400e73696576696e6702a01f01080002046330000202"
                        + "80d8ee96ef66020204773080d8ee96ef6680d8ee96ef660c6661696c6564021c68616e646c65722d"
                        + "6661696c6564046e6f0000010104040c63616e63656c80d8ee96ef660c65787069726580d8ee96ef"
                        + "66000280d8ee96ef66020231021c68616e646c65722d6661696c6564046e6f000248303139333264"
                        + "33612d376234632d373030302d383030302d30303030303030303030303202040102024830313933"
                        + "326433612d376234632d373030302d383030302d3030303030303030303030320002483031393332"
                        + "6433612d376234632d373030302d383030302d303030303030303030303032040006024830313933"
                        + "326433612d376234632d373030302d383030302d303030303030303030303032020c6661696c6564"
                        + "020231020265046e6f00");
    }

    @Test
    void schedule() {
        ScheduleRevision revision = new ScheduleRevision(new ScheduleId("s1"), AT, 2, "c", AT.plusMillis(1),
                new ScheduleSpec(new Cadence.OfCron(Cron.parse("30 2 * * *"), ZoneId.of("Europe/Berlin")),
                        new JobTemplate(SUBMISSION.type(), Lane.LOW, new Json("{}"), List.of("a"), SUBMISSION.policy()),
                        Overlap.CANCEL_PREVIOUS, new CatchUp(3, Duration.ofHours(1)), Duration.ofSeconds(5), true),
                Optional.of(AT.plusMillis(2)));
        assertBytes(codecs.schedules(), "leat.schedules", revision,
                "04733180d8ee96ef6604026382d8ee96ef66021433302032202a202a202a1a4575726f7065"
                        + "2f4265726c696e0000021464656d6f3a7072696d65066c6f77047b7d02026100020a02d00f000000"
                        + "0000000040c0a907000000000000e03f02e0d4030280bab70300047b7d1e63616e63656c2d707265"
                        + "76696f75730680bab703904e010284d8ee96ef6600");
        assertBytes(codecs.scheduleStates(), "schedules", new Schedule(revision, AT,
                Optional.of(new Schedule.DueTime(AT, true)),
                List.of(new Submitted.Job(OTHER), new Submitted.Batch(new BatchId(OTHER.value()))),
                List.of(new Firing(AT, AT.plusMillis(3),
                        new Firing.Outcome.Fired(new Submitted.Job(OTHER), Optional.of(JobState.FAILED))),
                        new Firing(AT, AT, new Firing.Outcome.Skipped(Firing.SkipReason.OVERLAP, Optional.of(AT))))),
                "04733180d8ee96ef6604026382d8ee96ef66021433302032202a202a202a1a4575726f7065"
                        + "2f4265726c696e0000021464656d6f3a7072696d65066c6f77047b7d02026100020a02d00f000000"
                        + "0000000040c0a907000000000000e03f02e0d4030280bab70300047b7d1e63616e63656c2d707265"
                        + "76696f75730680bab703904e010284d8ee96ef660280d8ee96ef660280d8ee96ef66010248303139"
                        + "33326433612d376234632d373030302d383030302d30303030303030303030303200024830313933"
                        + "326433612d376234632d373030302d383030302d303030303030303030303032000480d8ee96ef66"
                        + "86d8ee96ef66024830313933326433612d376234632d373030302d383030302d3030303030303030"
                        + "3030303200020c6661696c6564000080d8ee96ef6680d8ee96ef66000000020e6f7665726c617002"
                        + "80d8ee96ef6600");
    }

    @Test
    void batchOpened() {
        assertBytes(codecs.batches(), "leat.batches", new BatchEvent.Opened(SPEC),
                "0280d8ee96ef6602026e06021464656d6f3a7072696d6506000873746f7002040248303139"
                        + "33326433612d376234632d373030302d383030302d303030303030303030303032025e0000000000"
                        + "1464656d6f3a7072696d65047b7d80d8ee96ef660002000208686967680000000000000000000000"
                        + "0000000000000000000000");
    }

    @Test
    void batchItem() {
        assertBytes(codecs.batches(), "leat.batches",
                new BatchEvent.Item(new Operation(7, OTHER, PLAIN,
                        Optional.of(new Operation.Compensation(JobTypeName.parse("demo:undo"), Lane.LOW,
                                PolicyOverrides.NONE)))),
                "0480d8ee96ef6600000010636f6e74696e756500000000000000000e024830313933326433"
                        + "612d376234632d373030302d383030302d303030303030303030303032025e00000000001464656d"
                        + "6f3a7072696d65047b7d80d8ee96ef6600020002086869676800000000000000000000000000025a"
                        + "00000000001264656d6f3a756e646f047b7d80d8ee96ef6600020002066c6f770000000000000000"
                        + "0000000000");
    }

    @Test
    void batchRequests() {
        assertBytes(codecs.batches(), "leat.batches", new BatchEvent.CancelRequested(AT),
                "0680d8ee96ef6600000010636f6e74696e7565000000000000000000000000");
        assertBytes(codecs.batches(), "leat.batches", new BatchEvent.RollbackRequested(AT),
                "0880d8ee96ef6600000010636f6e74696e7565000000000000000000000000");
    }

    @Test
    void batch() {
        assertBytes(codecs.batchStates(), "batches",
                new Batch(BatchId.parse(OTHER.toString()), SPEC, true, 3,
                        new Tally(Map.of(JobState.COMPLETED, 1), Map.of(JobTypeName.parse("demo:prime"), 2),
                                Duration.ofSeconds(2)),
                        Optional.of(Batch.Halt.ROLLBACK), Optional.of(2),
                        Optional.of(new Rollback(1, true, 2, 3, 4)), true, Optional.of(AT),
                        Optional.of(AT.plusMillis(1))),
                "4830313933326433612d376234632d373030302d383030302d303030303030303030303032"
                        + "8a0200000000010280d8ee96ef6602026e06021464656d6f3a7072696d6506000873746f70020402"
                        + "4830313933326433612d376234632d373030302d383030302d303030303030303030303032025e00"
                        + "000000001464656d6f3a7072696d65047b7d80d8ee96ef6600020002086869676800000000000000"
                        + "00000000000000000000000000000001060212636f6d706c657465640200021464656d6f3a707269"
                        + "6d650400a01f0210726f6c6c6261636b0204020201040608010280d8ee96ef660282d8ee96ef66");
    }

    @Test
    void batchRefused() {
        assertBytes(codecs.batches(), "leat.batches", new BatchEvent.Opened(BatchSpec.refused(PLACE,
                JobError.of("template-not-found", "no"))),
                "0280d8ee96ef6600000010636f6e74696e756500000002107363686564756c650473310e02"
                        + "2474656d706c6174652d6e6f742d666f756e64046e6f00000000");
    }

    @Test
    void batchOrderOfATemplate() {
        assertBytes(codecs.batchOrders(), "leat.batch-orders", PLACE,
                "0280d8ee96ef6602026e047b7d0002107363686564756c650473310e");
    }

    @Test
    void batchOrderWrittenOut() {
        assertBytes(codecs.batchOrders(), "leat.batch-orders", new BatchOrder.Place(
                new BatchOrder.Content.Written(new Json("{}")), Optional.empty(), AT),
                "0280d8ee96ef6600047b7d02047b7d000000");
    }

    @Test
    void batchOrderToCancel() {
        assertBytes(codecs.batchOrders(), "leat.batch-orders", new BatchOrder.Cancel(AT),
                "0480d8ee96ef6600047b7d00000000");
    }

    @Test
    void scheduleOfABatch() {
        assertBytes(codecs.schedules(), "leat.schedules", new ScheduleRevision(new ScheduleId("s1"), AT, 2, "c", AT,
                new ScheduleSpec(new Cadence.Interval(Duration.ofHours(1), Duration.ZERO),
                        new ScheduleTarget.OfBatch(new BatchRun("n", new Json("{}"))), Overlap.SKIP, CatchUp.DEFAULT,
                        Duration.ZERO, false),
                Optional.empty()),
                "04733180d8ee96ef6604026380d8ee96ef6600065554430280bab703000002026e047b7d08"
                        + "736b69700280a0bccdeb0100000000");
    }

    @Test
    void batchTemplate() {
        assertBytes(codecs.batchTemplates(), "leat.batch-templates", new BatchTemplate("n", new Json("{}"), AT),
                "026e047b7d80d8ee96ef66");
    }

    @Test
    void batchMember() {
        assertBytes(codecs.batchMembers(), "members",
                new BatchMember(7, OTHER, JobTypeName.parse("demo:prime"), true,
                        Optional.of(new BatchMember.End(JobState.COMPLETED,
                                Optional.of(JobError.of("handler-failed", "no")), Optional.of(AT), AT.plusMillis(1),
                                Optional.of(new Json("1")), Optional.of(4))),
                        Optional.of(new BatchMember.Undo(OTHER, Optional.of(JobState.FAILED)))),
                "0e4830313933326433612d376234632d373030302d383030302d3030303030303030303030321464"
                        + "656d6f3a7072696d65010212636f6d706c65746564021c68616e646c65722d6661696c6564046e6f"
                        + "0280d8ee96ef660282d8ee96ef660202310208024830313933326433612d376234632d373030302d"
                        + "383030302d303030303030303030303032020c6661696c6564");
    }

    private void assertEvent(Fact fact, String hex) {
        assertBytes(codecs.events(), "leat.events", fact, hex);
    }

    private <T> void assertBytes(Codec<T> codec, String topic, T value, String hex) {
        byte[] written = codec.encode(topic, value);
        assertThat(HexFormat.of().formatHex(written, FramedAvro.HEADER, written.length)).isEqualTo(hex);
    }
}
