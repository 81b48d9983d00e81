package dev.leat.schemas.serde;

import static dev.leat.schemas.serde.Serdes.PERSON;
import static dev.leat.schemas.serde.Serdes.TOPIC;
import static dev.leat.schemas.serde.Serdes.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import dev.leat.schemas.avro.JobCommand;
import dev.leat.schemas.serde.RecordFormatException.Reason;

import com.sun.management.ThreadMXBean;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no record, by accident or on purpose, must fail quickly, in little memory, and as the record's fault. */
class UndecodableBytesTest {

    private static final long FEW_BYTES = 1 << 20;

    private static final Schema ALL = new Schema.Parser().parse("""
            {"type": "record", "name": "All", "namespace": "test", "fields": [
              {"name": "it", "type": [
                "string", "bytes",
                {"type": "array", "items": "long"}, {"type": "map", "values": "long"},
                {"type": "record", "name": "Nulls", "fields": [
                  {"name": "nulls", "type": {"type": "array", "items": "null"}}]},
                {"type": "enum", "name": "Letter", "symbols": ["A", "B"]},
                {"type": "record", "name": "Nested", "fields": [
                  {"name": "next", "type": ["null", "Nested"]}]}]}]}""");
    private static final int STRING = 0;
    private static final int BYTES = 1;
    private static final int ARRAY = 2;
    private static final int MAP = 3;
    private static final int NULLS = 4;
    private static final int ENUM = 5;
    private static final int NESTED = 6;

    static boolean bystanderHasRun;

    private static FaultyRegistry registry;
    private static AvroDeserializer generic;
    private static AvroDeserializer specific;
    private static int personId;
    private static int allId;
    private static int commandId;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = FaultyRegistry.start();
        personId = registry.put(PERSON);
        allId = registry.put(ALL);
        commandId = registry.put(JobCommand.getClassSchema());
        generic = Serdes.deserializer(registry.url());
        specific = Serdes.deserializer(registry.url(), "specific.avro.reader", true);
    }

    @AfterAll
    static void stopRegistry() {
        generic.close();
        specific.close();
        registry.close();
    }

    static Stream<Arguments> badRecords() {
        return Stream.of(
                arguments("nothing", new byte[0], Reason.TOO_SHORT, "at least 5 bytes, but it has 0"),
                arguments("half a header", new byte[]{0, 0, 0}, Reason.TOO_SHORT, "at least 5 bytes, but it has 3"),
                arguments("JSON", new byte[]{'{', '"', 'a', '"', ':', '1', '}'}, Reason.WRONG_MAGIC_BYTE,
                        "begins with 0x7b"),
                arguments("text of two bytes", new byte[]{'h', 'i'}, Reason.WRONG_MAGIC_BYTE, "begins with 0x68"),
                arguments("a high byte", new byte[]{-1, 0, 0, 0, 1, 0}, Reason.WRONG_MAGIC_BYTE, "begins with 0xff"),
                arguments("an unknown id", framed(99, 0), Reason.UNKNOWN_SCHEMA_ID, "does not know schema id 99"),
                arguments("a negative id", framed(-2, 0), Reason.UNKNOWN_SCHEMA_ID, "does not know schema id -2"),
                arguments("no body", framed(personId), Reason.MALFORMED_AVRO, "schema test.Person (id 1)"),
                arguments("a cut string", framed(personId, 6, 'A', 'd'), Reason.MALFORMED_AVRO, "but java.io.EOF"),
                arguments("a cut number", framed(personId, 2, 'A', 0x80), Reason.MALFORMED_AVRO, "but java.io.EOF"),
                arguments("an endless number", framed(personId, 2, 'A', -1, -1, -1, -1, -1, -1, -1),
                        Reason.MALFORMED_AVRO, "Invalid int encoding"),
                arguments("a negative length", framed(personId, 5, 'A', 'd'), Reason.MALFORMED_AVRO, "negative"),
                arguments("a byte too many", framed(personId, 2, 'A', 2, 0), Reason.TRAILING_BYTES,
                        "and no more, but 9 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void shouldBlameTheRecord(String name, byte[] bytes, Reason reason, String message) {
        // when
        Throwable failure = catchThrowable(() -> generic.deserialize(TOPIC, bytes));

        // then
        assertThat(failure).isInstanceOfSatisfying(RecordFormatException.class,
                e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith("Expected ").hasMessageContaining(message).hasMessageEndingWith("(topic t)");
        assertThat(SerdeFault.of(failure)).isEqualTo(SerdeFault.RECORD);
    }

    static Stream<Arguments> hostileRecords() {
        return Stream.of(
                arguments("a string of 2 GB", hostile(STRING, Integer.MAX_VALUE - 9L)),
                arguments("a string of 8 EB", hostile(STRING, Long.MAX_VALUE)),
                arguments("a string of negative length", hostile(STRING, Long.MIN_VALUE)),
                arguments("2 GB of bytes", hostile(BYTES, Integer.MAX_VALUE - 9L)),
                arguments("8 EB of bytes", hostile(BYTES, Long.MAX_VALUE)),
                arguments("an array of 2 billion", hostile(ARRAY, Integer.MAX_VALUE - 9L)),
                arguments("an array of 8 quintillion", hostile(ARRAY, Long.MAX_VALUE)),
                arguments("an array block of negative count", hostile(ARRAY, -2_000_000_000L, 2_000_000_000L)),
                arguments("an array block of the least count", hostile(ARRAY, Long.MIN_VALUE, 8)),
                arguments("a map of 2 billion", hostile(MAP, Integer.MAX_VALUE - 9L)),
                arguments("a map of 8 quintillion", hostile(MAP, Long.MAX_VALUE)),
                arguments("2 billion nulls", hostile(NULLS, Integer.MAX_VALUE - 9L)),
                arguments("no such branch", hostile(7)),
                arguments("a negative branch", hostile(-1)),
                arguments("no such symbol", hostile(ENUM, 2)),
                arguments("a negative symbol", hostile(ENUM, -1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileRecords")
    void shouldNotAllocateWhatARecordOnlyClaims(String name, byte[] bytes) {
        // given: classes loaded, readers made
        assertThat(catchThrowable(() -> generic.deserialize(TOPIC, bytes))).isNotNull();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        // when
        Throwable failure = catchThrowable(() -> generic.deserialize(TOPIC, bytes));

        // then
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_BYTES);
        assertThat(failure).isInstanceOfSatisfying(RecordFormatException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_AVRO));
    }

    @Test
    void shouldSurviveARecordNestedAsDeepAsItHasBytes() {
        // given
        byte[] bytes = Arrays.copyOf(hostile(NESTED), 2_000_000);
        Arrays.fill(bytes, 6, bytes.length, (byte) 2);

        // when
        Throwable failure = catchThrowable(() -> generic.deserialize(TOPIC, bytes));

        // then
        assertThat(failure).isInstanceOf(RecordFormatException.class).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void shouldNotSpendMoreThanARecordIsWorthOnAFieldThatIsSkipped() {
        // given: the class does not have the field, so it is read over; its items take no bytes
        Schema schema = SchemaBuilder.record("JobCommand").namespace("dev.leat.schemas.avro").fields()
                .name("nulls").type().array().items().nullType().noDefault().endRecord();
        byte[] bytes = claims(registry.put(schema), 2_000_000_000L);

        // when
        Throwable failure = catchThrowable(() -> specific.deserialize(TOPIC, bytes));

        // then
        assertThat(failure).isInstanceOf(RecordFormatException.class);
    }

    @Test
    void shouldBlameTheRecordWhateverBytesFollowTheHeader() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < 5_000; i++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            byte[] bytes = Arrays.copyOf(framed(i % 2 == 0 ? commandId : allId), 5 + body.length);
            System.arraycopy(body, 0, bytes, 5, body.length);

            // when
            Throwable failure = catchThrowable(() -> (bytes[4] == commandId ? specific : generic)
                    .deserialize(TOPIC, bytes));

            // then
            if (failure != null) {
                assertThat(failure).as("seed %d, record %d", seed, i).isInstanceOf(RecordFormatException.class);
            }
        }
    }

    @Test
    void shouldRefuseASchemaThatNamesNoGeneratedClass() {
        assertThat(reasonOf(personId)).isEqualTo(Reason.UNUSABLE_SCHEMA);
    }

    @Test
    void shouldNotTakeAClassOfAnotherKindForAGeneratedOne() {
        // given: a class with a static initializer that would be seen to run
        Schema schema = SchemaBuilder.record(Bystander.class.getSimpleName()).namespace("dev.leat.schemas.serde")
                .fields().endRecord();
        registry.putAnswer(77, "{\"schema\":" + quoted(schema) + "}");

        // when, then
        assertThat(reasonOf(77)).isEqualTo(Reason.UNUSABLE_SCHEMA);
        assertThat(bystanderHasRun).isFalse();
    }

    @Test
    void shouldRefuseSchemasOfOtherKinds() {
        // given
        registry.putAnswer(78, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}");
        registry.putAnswer(79, "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"a\"}]}");
        registry.putAnswer(80, "{\"schema\":\"{\\\"type\\\":\\\"rec\"}");

        // when, then
        for (int id = 78; id <= 80; id++) {
            assertThat(reasonOf(id)).isEqualTo(Reason.UNUSABLE_SCHEMA);
        }
    }

    @Test
    void shouldSayWhereASchemaCannotBeReadAsTheClass() {
        // given: no submittedAt, which has no default
        int id = registry.put(SchemaBuilder.record("JobCommand").namespace("dev.leat.schemas.avro").fields()
                .requiredString("type").endRecord());

        // when
        Throwable failure = catchThrowable(() -> specific.deserialize(TOPIC, framed(id, 2, 'a')));

        // then
        assertThat(failure).hasMessageContaining("missing required field submittedAt")
                .isInstanceOfSatisfying(RecordFormatException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA));
    }

    private static Reason reasonOf(int schemaId) {
        Throwable failure = catchThrowable(() -> specific.deserialize(TOPIC, framed(schemaId, 0)));
        assertThat(failure).isInstanceOf(RecordFormatException.class);
        return ((RecordFormatException) failure).reason();
    }

    private static String quoted(Schema schema) {
        return "\"" + schema.toString().replace("\"", "\\\"") + "\"";
    }

    private static byte[] hostile(int branch, long... claims) {
        long[] numbers = new long[claims.length + 1];
        numbers[0] = branch;
        System.arraycopy(claims, 0, numbers, 1, claims.length);
        return claims(allId, numbers);
    }

    private static byte[] claims(int schemaId, long... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(schemaId));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            for (long number : numbers) {
                encoder.writeLong(number);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
