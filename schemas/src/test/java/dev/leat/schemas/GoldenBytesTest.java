package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;

/**
 * The Avro bytes of one instance of each record. They change only with the schema or with what the codec says in it:
 * where one of these fails, records of other versions are being read differently than they were written.
 */
class GoldenBytesTest {

    private static final Instant AT = Instant.ofEpochMilli(1_767_268_800_000L);
    private static final ClaimId CLAIM = new ClaimId("c1");
    private static final Submission SUBMISSION = new Submission(JobTypeName.parse("demo:prime"), Lane.HIGH,
            new Json("{}"), List.of("a", "ä"), AT);

    private final FramedAvro framed = new FramedAvro();
    private final Codecs codecs = Codecs.of(new Topics(Topics.DEFAULT_PREFIX), framed, framed);

    @Test
    void command() {
        assertBytes(codecs.commands(), "leat.jobs.demo.high", new Fact.JobQueued(2, SUBMISSION),
                "1464656d6f3a7072696d65047b7d80d8ee96ef6604026104c3a40004");
    }

    @Test
    void started() {
        assertEvent(new Fact.AttemptStarted(1, CLAIM, new WorkerId("w1"), new CommandPosition("t", 3, 300), AT),
                "0280d8ee96ef66020204633102047731027406d804000000");
    }

    @Test
    void progressed() {
        assertEvent(new Fact.AttemptProgressed(1, CLAIM, 7, new Progress(40, "sieving"), AT),
                "0480d8ee96ef66020204633100020e00000000000044400e73696576696e670000");
    }

    @Test
    void succeeded() {
        assertEvent(new Fact.AttemptSucceeded(1, CLAIM, new Json("{\"count\":4}"), AT),
                "0680d8ee96ef660202046331000002167b22636f756e74223a347d00");
    }

    @Test
    void failed() {
        assertEvent(new Fact.AttemptFailed(1, CLAIM, new JobError("handler-threw", "no", "at x"), AT),
                "0880d8ee96ef660202046331000000021a68616e646c65722d7468726577046e6f0861742078");
    }

    @Test
    void stopped() {
        assertEvent(new Fact.AttemptCancelled(1, CLAIM, AT), "0a80d8ee96ef66020204633100000000");
    }

    @Test
    void abandoned() {
        assertEvent(new Fact.ClaimAbandoned(1, CLAIM, AT), "0c80d8ee96ef66020204633100000000");
    }

    @Test
    void rejected() {
        assertEvent(new Fact.JobRejected(JobError.of("invalid-params", "limit"), AT),
                "0e80d8ee96ef6600000000021c696e76616c69642d706172616d730a6c696d697400");
    }

    @Test
    void cancelled() {
        assertEvent(new Fact.JobCancelled(AT), "1080d8ee96ef660000000000");
    }

    @Test
    void control() {
        assertBytes(codecs.control(), "leat.control", new Fact.CancelRequested(AT), "0280d8ee96ef66");
    }

    @Test
    void heartbeat() {
        assertBytes(codecs.heartbeats(), "leat.workers",
                new WorkerHeartbeat(new WorkerId("w1"), 9, AT, AT.plusMillis(1), "h", "0.1.0", List.of("demo"), 8, 5),
                "0477311280d8ee96ef6682d8ee96ef6602680a302e312e30020864656d6f00100a");
    }

    @Test
    void descriptor() {
        assertBytes(codecs.plugins(), "leat.plugins",
                new PluginDescriptor("demo", List.of(new PluginDescriptor.JobTypeDescriptor(
                        JobTypeName.parse("demo:echo"), "Says it.", Lane.LOW, new Json("{}"), new Json("true")))),
                "0864656d6f02086563686f10536179732069742e066c6f77047b7d087472756500");
    }

    @Test
    void job() {
        Claim claim = new Claim(CLAIM, new WorkerId("w1"), new CommandPosition("t", 3, 300), AT, 7,
                Optional.of(new Progress(40, "sieving")));
        Job job = new Job(JobId.parse("01932d3a-7b4c-7000-8000-000000000001"), JobState.FAILED,
                Optional.of(SUBMISSION), 1, List.of(claim), List.of(new ClaimId("c0")), Optional.of(AT),
                Optional.of(new Job.Outcome(AT, Optional.of(new Json("1")),
                        Optional.of(JobError.of("handler-failed", "no")))));
        assertBytes(codecs.jobs(), "jobs", job,
                "4830313933326433612d376234632d373030302d383030302d3030303030303030303030310c6661"
                        + "696c656402021464656d6f3a7072696d650868696768047b7d04026104c3a40080d8ee96ef660204"
                        + "6331047731027406d80480d8ee96ef660e0200000000000044400e73696576696e67000204633000"
                        + "0280d8ee96ef660280d8ee96ef66020231021c68616e646c65722d6661696c6564046e6f00");
    }

    private void assertEvent(Fact fact, String hex) {
        assertBytes(codecs.events(), "leat.events", fact, hex);
    }

    private <T> void assertBytes(Codec<T> codec, String topic, T value, String hex) {
        byte[] written = codec.encode(topic, value);
        assertThat(HexFormat.of().formatHex(written, FramedAvro.HEADER, written.length)).isEqualTo(hex);
    }
}
