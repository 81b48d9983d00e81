package dev.leat.schemas.serde;

import static dev.leat.schemas.serde.Serdes.PERSON;
import static dev.leat.schemas.serde.Serdes.TOPIC;
import static dev.leat.schemas.serde.Serdes.deserializer;
import static dev.leat.schemas.serde.Serdes.framed;
import static dev.leat.schemas.serde.Serdes.serializer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.leat.schemas.avro.JobCommand;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    private static final GenericRecord ADA = new GenericRecordBuilder(PERSON).set("name", "Ada").set("age", 36).build();
    private FaultyRegistry registry;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = FaultyRegistry.startAfterId(0x01020303);
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    /** Avro takes the classes of its parts for trusted once a serializer or deserializer is there. */
    private static JobCommand command() {
        return JobCommand.newBuilder()
                .setType("demo:prime")
                .setParams("{\"limit\":10}")
                .setSubmittedAt(Instant.ofEpochMilli(1_700_000_000_123L))
                .setTags(List.of("a", "ü"))
                .setAttempt(2)
                .build();
    }

    @Test
    void shouldWriteMagicByteSchemaIdAndAvroBinary() {
        // when
        byte[] bytes = serializer(registry.url()).serialize(TOPIC, ADA);

        // then: 0, id 0x01020304, string of 3 bytes, 36 as a zigzag number
        assertThat(bytes).containsExactly(0, 1, 2, 3, 4, 6, 'A', 'd', 'a', 72);
    }

    @Test
    void shouldReadMagicByteSchemaIdAndAvroBinary() {
        // given
        int id = registry.put(PERSON);

        // when
        Object record = deserializer(registry.url()).deserialize(TOPIC, framed(id, 6, 'A', 'd', 'a', 72));

        // then
        assertThat(record).isEqualTo(ADA);
    }

    @Test
    void shouldWriteTheGoldenBytesOfACommand() {
        // when
        byte[] bytes = serializer(registry.url()).serialize(TOPIC, command());

        // then
        assertThat(bytes).asHexString().isEqualTo("0001020304" + "14" + "64656D6F3A7072696D65" + "18"
                + "7B226C696D6974223A31307D" + "F6A1ABFEF962" + "04" + "02" + "61" + "04" + "C3BC" + "00" + "04"
                + "00".repeat(15));
    }

    @Test
    void shouldGiveBackAGeneratedClass() {
        // given
        byte[] bytes = serializer(registry.url()).serialize(TOPIC, command());

        // when
        Object record = deserializer(registry.url(), "specific.avro.reader", "true").deserialize(TOPIC, bytes);

        // then
        assertThat(record).isInstanceOf(JobCommand.class).isEqualTo(command());
    }

    @Test
    void shouldReadARecordOfAnOlderSchemaWithTheDefaultsOfTheClass() {
        // given: a producer that knows no params, tags and attempts, and adds something of its own
        Schema older = SchemaBuilder.record("JobCommand").namespace("dev.leat.schemas.avro").fields()
                .name("extra").type().array().items().stringType().noDefault()
                .requiredLong("submittedAt")
                .requiredString("type")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(older).set("extra", List.of("x", "y"))
                .set("submittedAt", 5L).set("type", "demo:echo").build();
        byte[] bytes = serializer(registry.url()).serialize(TOPIC, record);

        // when
        Object command = deserializer(registry.url(), "specific.avro.reader", true).deserialize(TOPIC, bytes);

        // then
        assertThat(command).isEqualTo(JobCommand.newBuilder().setType("demo:echo").setParams("{}")
                .setSubmittedAt(Instant.ofEpochMilli(5)).setTags(List.of()).setAttempt(1).build());
    }

    @Test
    void shouldReadEveryRecordAsTheClassThatIsSet() {
        // given: the same fields under another name
        Schema foreign = SchemaBuilder.record("Command").namespace("elsewhere").fields()
                .requiredString("type").requiredLong("submittedAt").endRecord();
        byte[] bytes = serializer(registry.url()).serialize(TOPIC,
                new GenericRecordBuilder(foreign).set("type", "demo:echo").set("submittedAt", 5L).build());

        // when
        Object command = deserializer(registry.url(), "specific.avro.reader", true, "specific.avro.value.type",
                JobCommand.class.getName()).deserialize(TOPIC, bytes);

        // then
        assertThat(command).isInstanceOfSatisfying(JobCommand.class,
                read -> assertThat(read.getType()).isEqualTo("demo:echo"));
    }

    @Test
    void shouldKeepNullAsNull() {
        assertThat(serializer(registry.url()).serialize(TOPIC, null)).isNull();
        assertThat(deserializer(registry.url()).deserialize(TOPIC, null)).isNull();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void shouldRegisterKeysAndValuesUnderTheirOwnSubjects() {
        // given
        AvroSerializer keys = new AvroSerializer();
        keys.configure(Serdes.properties(registry.url()), true);

        // when
        keys.serialize("orders", ADA);
        serializer(registry.url()).serialize("orders", ADA);

        // then
        assertThat(registry.requests()).extracting(FaultyRegistry.Request::path)
                .containsExactly("/subjects/orders-key/versions", "/subjects/orders-value/versions");
    }

    @Test
    void shouldAskTheRegistryOnceForEachSchema() {
        // given
        AvroSerializer serializer = serializer(registry.url());
        AvroDeserializer deserializer = deserializer(registry.url());

        // when
        for (int i = 0; i < 100; i++) {
            deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, ADA));
        }

        // then
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void shouldOnlyLookUpWhereItMayNotRegister() {
        // given
        AvroSerializer serializer = serializer(registry.url(), "auto.register.schemas", false);

        // when, then
        assertThatThrownBy(() -> serializer.serialize(TOPIC, ADA)).isInstanceOf(RegistryRefusalException.class)
                .hasMessage("Expected the schema test.Person to be registered under subject t-value,"
                        + " but the registry does not know it there");

        // when
        byte[] registered = serializer(registry.url()).serialize(TOPIC, ADA);

        // then: found once it is there
        assertThat(serializer.serialize(TOPIC, ADA)).isEqualTo(registered);
    }

    @Test
    void shouldRefuseWhatIsNoAvroRecord() {
        assertThatThrownBy(() -> serializer(registry.url()).serialize(TOPIC, "text"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Expected an Avro record for topic t, but got a java.lang.String");
    }

    @Test
    void shouldRefuseARecordThatDoesNotFitItsSchema() {
        // given
        GenericRecord incomplete = new GenericData.Record(PERSON);

        // when, then
        assertThatThrownBy(() -> serializer(registry.url()).serialize(TOPIC, incomplete))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Expected a record that fits its schema test.Person for topic t, but ")
                .satisfies(e -> assertThat(SerdeFault.of(e)).isEqualTo(SerdeFault.RECORD));
    }

    @Test
    void shouldSayThatItIsNotConfigured() {
        assertThatThrownBy(() -> new AvroSerializer().serialize(TOPIC, ADA)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new AvroDeserializer().deserialize(TOPIC, framed(1)))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldWriteRecordsOfAnySize() {
        // given
        GenericRecord big = new GenericRecordBuilder(PERSON).set("name", "x".repeat(3_000_000)).set("age", 1).build();
        byte[] bytes = serializer(registry.url()).serialize(TOPIC, big);

        // when, then
        assertThat(deserializer(registry.url()).deserialize(TOPIC, bytes)).isEqualTo(big);
    }

    @Test
    void shouldServeManyVirtualThreadsAtOnce() throws Exception {
        // given
        AvroSerializer serializer = serializer(registry.url());
        AvroDeserializer deserializer = deserializer(registry.url(), "specific.avro.reader", true);
        List<Callable<Object>> roundTrips = IntStream.range(0, 2_000).<Callable<Object>>mapToObj(i -> () -> {
            JobCommand command = JobCommand.newBuilder(command()).setAttempt(i).setParams("p".repeat(i % 700)).build();
            return command.equals(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, command)));
        }).toList();

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> results = threads.invokeAll(roundTrips);

            // then
            assertThat(results).allSatisfy(result -> assertThat(result.get()).isEqualTo(true));
        }
        assertThat(registry.requests()).hasSize(2);
    }
}
