package dev.leat.schemas;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Lane;
import dev.leat.schemas.avro.ClaimRef;
import dev.leat.schemas.avro.EventKind;
import dev.leat.schemas.avro.JobCommand;
import dev.leat.schemas.avro.JobControl;
import dev.leat.schemas.avro.JobEvent;
import dev.leat.schemas.avro.JobSnapshot;
import dev.leat.schemas.avro.JobTypeDescriptor;
import dev.leat.schemas.avro.PluginDescriptor;

class CodecTest {

    private static final String EVENTS = "leat.events";
    private static final String LANE = "leat.jobs.demo.normal";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FramedAvro framed = new FramedAvro();
    private final Codecs codecs = Codecs.of(new Topics(Topics.DEFAULT_PREFIX), framed, framed);

    @Test
    void shouldPassOverKindsOfNewerWriters() {
        Schema newer = newer(JobEvent.getClassSchema(), "\"JOB_TIMED_OUT\"", "\"JOB_TIMED_OUT\",\"JOB_PRAISED\"");
        GenericData.Record event = new GenericData.Record(newer);
        event.put("kind", new GenericData.EnumSymbol(newer.getField("kind").schema(), "JOB_PRAISED"));
        event.put("occurredAt", NOON.toEpochMilli());
        event.put("awaitedJobs", List.of());

        assertThat(codecs.events().decode(EVENTS, framed.serialize(EVENTS, event))).isEmpty();
    }

    @Test
    void shouldPassOverControlOfNewerWriters() {
        Schema newer = newer(JobControl.getClassSchema(), "\"FORGET\"", "\"FORGET\",\"PAUSE\"");
        GenericData.Record control = new GenericData.Record(newer);
        control.put("kind", new GenericData.EnumSymbol(newer.getField("kind").schema(), "PAUSE"));
        control.put("requestedAt", NOON.toEpochMilli());

        assertThat(codecs.control().decode("leat.control", framed.serialize("leat.control", control))).isEmpty();
    }

    @Test
    void shouldReadCommandOfNewerWriterWithUnknownField() {
        Schema newer = newer(JobCommand.getClassSchema(), "\"fields\":[",
                "\"fields\":[{\"name\":\"mood\",\"type\":[\"null\",\"long\"],\"default\":null},");
        GenericData.Record command = new GenericData.Record(newer);
        command.put("type", "demo:prime");
        command.put("params", "{}");
        command.put("submittedAt", NOON.toEpochMilli());
        command.put("tags", List.of());
        command.put("attempt", 1);
        command.put("mood", 5L);
        command.put("spent", 0);
        command.put("requestFingerprint", "");
        command.put("awaited", List.of());

        assertThat(codecs.commands().decode(LANE, framed.serialize(LANE, command)))
                .hasValueSatisfying(read -> assertThat(read.submission().type()).hasToString("demo:prime"));
    }

    @ParameterizedTest
    @CsvSource({"ATTEMPT_STARTED, started", "ATTEMPT_PROGRESSED, progress", "ATTEMPT_SUCCEEDED, result",
            "ATTEMPT_FAILED, error", "ATTEMPT_TIMED_OUT, error", "ATTEMPT_SNOOZED, retryInMillis",
            "ATTEMPT_RELEASED, error", "JOB_REJECTED, error", "ATTEMPT_CHECKPOINTED, checkpoint",
            "ATTEMPT_LOGGED, log"})
    void shouldRefuseEventWithoutItsPart(EventKind kind, String part) {
        JobEvent event = JobEvent.newBuilder()
                .setKind(kind)
                .setOccurredAt(NOON)
                .setClaim(new ClaimRef(1, "claim"))
                .build();

        assertRefused(codecs.events(), EVENTS, event)
                .isEqualTo("Expected the part '" + part + "' on an event of kind " + kind + ", but it is null");
    }

    @ParameterizedTest
    @EnumSource(value = EventKind.class, mode = EnumSource.Mode.MATCH_ANY, names = "(ATTEMPT|CLAIM|LEASE)_.*")
    void shouldRefuseEventOfAttemptWithoutClaim(EventKind kind) {
        JobEvent event = JobEvent.newBuilder(complete()).setKind(kind).clearClaim().setClaim(null).build();

        assertRefused(codecs.events(), EVENTS, event)
                .isEqualTo("Expected the part 'claim' on an event of kind " + kind + ", but it is null");
    }

    @Test
    void shouldRefuseTypeOfAnotherPlugin() {
        assertRefused(codecs.commands(), LANE, command("mail:send", 1)).isEqualTo(
                "Expected a job type of plugin 'demo' on leat.jobs.demo.normal, but got 'mail:send'");
    }

    @ParameterizedTest
    @CsvSource({"prime, plugin:name", "demo:, 1 to 60 lower-case letters", "demo:Prime, 1 to 60 lower-case letters"})
    void shouldRefuseTypeThatIsNone(String type, String expected) {
        assertRefused(codecs.commands(), LANE, command(type, 1)).contains(expected, "but got '");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void shouldRefuseAttemptBelowOne(int attempt) {
        assertRefused(codecs.commands(), LANE, command("demo:prime", attempt))
                .isEqualTo("Expected an attempt from 1, but got " + attempt);
    }

    @Test
    void shouldRefuseCommandWhosePolicyCannotBe() {
        JobCommand command = JobCommand.newBuilder(command("demo:prime", 1)).setMaxAttempts(0).build();

        assertRefused(codecs.commands(), LANE, command).isEqualTo("Expected from 1 to 100 attempts, but got 0");
    }

    @Test
    void shouldRefuseNegativeDuration() {
        JobCommand command = JobCommand.newBuilder(command("demo:prime", 1)).setTimeoutMillis(-1L).build();

        assertRefused(codecs.commands(), LANE, command).startsWith("Expected timeoutMillis from 0 to")
                .endsWith("but got -1");
    }

    @Test
    void shouldRefuseKeyThatIsTooLong() {
        JobCommand command = JobCommand.newBuilder(command("demo:prime", 1)).setUniqueKey("k".repeat(201)).build();

        assertRefused(codecs.pending(), "leat.pending", command)
                .isEqualTo("Expected uniqueKey of 1 to 200 characters, but got 201");
    }

    @Test
    void shouldTakeLaneOfPendingCommandFromTheRecord() {
        JobCommand command = JobCommand.newBuilder(command("demo:prime", 1)).setPriority("low").build();

        assertThat(codecs.pending().decode("leat.pending", framed.serialize("leat.pending", command)))
                .hasValueSatisfying(read -> assertThat(read.submission().lane()).isEqualTo(Lane.LOW));
    }

    @Test
    void shouldRefuseCommandOnTopicThatIsNoLane() {
        assertRefused(codecs.commands(), EVENTS, command("demo:prime", 1))
                .isEqualTo("Expected a lane topic, but got leat.events");
    }

    @Test
    void shouldRefuseRecordOfAnotherKind() {
        assertRefused(codecs.events(), EVENTS, command("demo:prime", 1))
                .isEqualTo("Expected a JobEvent on leat.events, but got dev.leat.schemas.avro.JobCommand");
    }

    @Test
    void shouldRefuseBytesOfAnotherFormat() {
        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> codecs.events().decode(EVENTS, new byte[]{'{', '}'}))
                .withMessage("Expected a JobEvent in Confluent's wire format on leat.events, but the first byte is"
                        + " not 0")
                .withCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldRefuseDescriptorWithUnknownLane() {
        PluginDescriptor descriptor = new PluginDescriptor("demo",
                List.of(new JobTypeDescriptor("prime", "", "urgent", "{}", "{}", null, null)));

        assertRefused(codecs.plugins(), "leat.plugins", descriptor)
                .isEqualTo("Expected a lane, high, normal or low, but got 'urgent'");
    }

    @Test
    void shouldRefuseJobInUnknownState() {
        JobSnapshot job = JobSnapshot.newBuilder()
                .setJobId("01932d3a-7b4c-7000-8000-000000000001")
                .setState("lost")
                .setAttempt(1)
                .build();

        assertRefused(codecs.jobs(), "leat.jobs", job).isEqualTo("Expected a job state, but got 'lost'");
    }

    @Test
    void shouldRefuseToWriteCommandAsEvent() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> codecs.events().encode(EVENTS, new Fact.EndRequested(EndReason.CANCEL, NOON)))
                .withMessage("Expected a fact of the events topic, but got a EndRequested");
    }

    @Test
    void shouldNotTakeSilenceOfTheRegistryForABadRecord() {
        RetriableException away = new TimeoutException("Expected an answer of the registry, but none came");
        Deserializer<Object> cutOff = (_, _) -> {
            throw away;
        };

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> Codecs.of(new Topics(Topics.DEFAULT_PREFIX), framed, cutOff)
                        .events()
                        .decode(EVENTS, new byte[8]))
                .isSameAs(away);
    }

    @Test
    void shouldTakeLaneFromTheTopic() {
        assertThat(codecs.commands().decode("leat.jobs.demo.high",
                framed.serialize("leat.jobs.demo.high", command("demo:prime", 2))))
                .hasValueSatisfying(read -> {
                    assertThat(read.submission().lane()).isEqualTo(Lane.HIGH);
                    assertThat(read.attempt()).isEqualTo(2);
                });
    }

    private <T> AbstractStringAssert<?> assertRefused(Codec<T> codec, String topic, SpecificRecord record) {
        byte[] bytes = framed.serialize(topic, record);
        return assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> codec.decode(topic, bytes))
                .extracting(Throwable::getMessage, as(InstanceOfAssertFactories.STRING));
    }

    private JobEvent complete() {
        return JobEvent.newBuilder()
                .setKind(EventKind.ATTEMPT_STARTED)
                .setOccurredAt(NOON)
                .setStarted(new dev.leat.schemas.avro.StartedPart("worker", LANE, 0, 7L, null))
                .setProgress(new dev.leat.schemas.avro.ProgressPart(1L, 50.0, ""))
                .setResult("{}")
                .setError(new dev.leat.schemas.avro.ErrorPart("code", "message", ""))
                .setRetryInMillis(5L)
                .setCheckpoint(new dev.leat.schemas.avro.CheckpointPart(1L, ByteBuffer.allocate(1)))
                .setLog(new dev.leat.schemas.avro.LogPart(1L, List.of()))
                .setClaim(new ClaimRef(1, new ClaimId("claim").value()))
                .build();
    }

    private static JobCommand command(String type, int attempt) {
        return JobCommand.newBuilder().setType(type).setSubmittedAt(NOON).setAttempt(attempt).build();
    }

    /** A later version of a schema, as a service that has been upgraded first would write it. */
    private static Schema newer(Schema schema, String from, String to) {
        String text = schema.toString();
        assertThat(text).contains(from);
        return new Schema.Parser().parse(text.replace(from, to));
    }
}
