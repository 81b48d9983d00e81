package dev.leat.submit.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobId;
import dev.leat.domain.Terms;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.LeatJson;
import dev.leat.runtime.settings.DataSize;
import dev.leat.submit.socket.ClientMessageReader.Reading;
import dev.leat.submit.submission.SubmitJobReader;

class ClientMessageReaderTest {

    private static final String ID = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";

    private final ObjectMapper json = LeatJson.newMapper();
    private final SubmitJobReader jobs = new SubmitJobReader(json);
    private final ClientMessageReader reader = new ClientMessageReader(json, jobs, DataSize.ofKilobytes(1));
    private final MessageDocument document = MessageDocument.load();

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("{\"type\":\"ping\",\"requestId\":\"r1\"}", new ClientMessage.Ping("r1")),
                Arguments.of("{\"requestId\":\"r1\",\"type\":\"get_state\"}", new ClientMessage.GetState("r1")),
                Arguments.of("{\"type\":\"clear_completed\",\"requestId\":\"r\\u00e9\"}",
                        new ClientMessage.ClearCompleted("ré")),
                Arguments.of("{\"type\":\"cancel_job\",\"jobId\":\"" + ID + "\",\"requestId\":\"r1\"}",
                        new ClientMessage.CancelJob("r1", JobId.parse(ID))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldUnderstandADocumentedMessage(String text, ClientMessage expected) {
        document.check("receive", text);
        assertThat(read(text)).isEqualTo(new Reading.Understood(expected));
    }

    @Test
    void shouldReadAJobAsTheHttpApiDoes() {
        // given
        String job = " { \"type\": \"demo:prime\", \"params\": {\"z\": 1.0, \"a\": 100000000000000000000000001} } ";
        String text = "{\"job\":" + job + ",\"requestId\":\"r1\",\"idempotencyKey\":\"k 1\",\"type\":\"create_job\"}";
        document.check("receive", text);

        // when
        Reading reading = read(text);

        // then
        assertThat(reading).isEqualTo(new Reading.Understood(
                new ClientMessage.CreateJob("r1", jobs.read(job.getBytes(UTF_8), Optional.of("k 1")))));
    }

    @Test
    void shouldTakeTheSameKeyForTheSameRequestHoweverItComes() {
        // given
        Terms.Idempotency byHttp = jobs.read("{\"type\":\"demo:prime\"}".getBytes(UTF_8), Optional.of("k"))
                .idempotency().orElseThrow();

        // when
        Reading reading = read("""
                {"type":"create_job","requestId":"r1","job":{ "type" : "demo:prime" },"idempotencyKey":"k"}""");

        // then
        assertThat(reading).isInstanceOfSatisfying(Reading.Understood.class, understood -> assertThat(
                understood.message()).isInstanceOfSatisfying(ClientMessage.CreateJob.class,
                        create -> assertThat(create.job().idempotency()).contains(byHttp)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{'type':'ping'}|''|/requestId|a text that the answer will carry, but the field is missing",
            "{'requestId':'r1'}|r1|/type|but the field is missing",
            "{'type':'pin','requestId':'r1'}|r1|/type|got 'pin' (did you mean \"ping\"?)",
            "{'type':7,'requestId':'r1'}|r1|/type|but got a number",
            "{'type':'ping','requestId':7}|''|/requestId|but got a number",
            "{'type':'ping','requestId':''}|''|/requestId|1 to 100 characters",
            "{'type':'ping','requestId':'r1','job':{}}|r1|/job|no such field in ping",
            "{'type':'ping','requestId':'r1','extra':1}|r1|/extra|no field but type, requestId",
            "{'type':'cancel_job','requestId':'r1'}|r1|/jobId|but the field is missing",
            "{'type':'cancel_job','requestId':'r1','jobId':'x'}|r1|/jobId|Expected",
            "{'type':'cancel_job','requestId':'r1','jobId':null}|r1|/jobId|but got null",
            "{'type':'create_job','requestId':'r1'}|r1|/job|but the field is missing",
            "{'type':'create_job','requestId':'r1','job':'demo:prime'}|r1|/job|an object, but got a text",
            "{'type':'create_job','requestId':'r1','job':{'type':'a:b'},'idempotencyKey':'é'}|r1|/idempotencyKey|ASCII",
            "{'type':'create_job','requestId':'r1','job':{'tpe':'a:b'}}|r1|/tpe|no field but type"})
    void shouldSayWhatIsWrongUnderTheRequestId(String text, String requestId, String pointer, String message) {
        // when
        Reading.Refused refused = refused(text.replace('\'', '"'));

        // then
        assertThat(refused.requestId()).isEqualTo(Optional.of(requestId.replace("''", "")).filter(id -> !id.isEmpty()));
        assertThat(name(refused.why().problem())).isEqualTo("invalid-request");
        assertThat(errors(refused.why().problem()))
                .anySatisfy(error -> {
                    assertThat(error.pointer()).isEqualTo(pointer);
                    assertThat(error.message()).contains(message);
                });
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        assertThat(errors(refused("{\"type\":\"cancel_job\",\"job\":{},\"x\":1}").why().problem()))
                .extracting(FieldError::pointer).containsExactlyInAnyOrder("/x", "/requestId", "/jobId", "/job");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"|''", "ping|''", "[]|''", "{|''",
            "{\"requestId\":\"r1\",|r1", "{\"requestId\":\"r1\"} {}|r1",
            "{\"requestId\":\"r1\",\"requestId\":\"r2\"}|r1"})
    void shouldRefuseWhatIsNoJson(String text, String requestId) {
        // when
        Reading.Refused refused = refused(Optional.ofNullable(text).orElse(""));

        // then
        assertThat(name(refused.why().problem())).isEqualTo("malformed-json");
        assertThat(refused.requestId()).isEqualTo(Optional.of(requestId.replace("''", "")).filter(id -> !id.isEmpty()));
    }

    @Test
    void shouldRefuseWhatIsNoUtf8() {
        assertThat(reader.read(new byte[]{'{', (byte) 0xff, '}'})).isInstanceOfSatisfying(Reading.Refused.class,
                refused -> assertThat(name(refused.why().problem())).isEqualTo("malformed-json"));
    }

    @Test
    void shouldRefuseWhatIsTooLargeUnderItsRequestId() {
        // when
        Reading.Refused refused = refused("""
                {"type":"create_job","requestId":"r1","job":{"type":"a:b","params":{"x":"%s"}}}"""
                .formatted("x".repeat(1_000)));

        // then
        assertThat(name(refused.why().problem())).isEqualTo("content-too-large");
        assertThat(refused.requestId()).contains("r1");
    }

    @Test
    void shouldRefuseHalfOfASurrogatePairInParams() {
        // when
        Reading.Refused refused = refused("""
                {"type":"create_job","requestId":"r1","job":{"type":"a:b","params":{"x":"\\ud800"}}}""");

        // then
        assertThat(errors(refused.why().problem())).extracting(FieldError::pointer).containsExactly("/params");
    }

    private Reading read(String text) {
        return reader.read(text.getBytes(UTF_8));
    }

    private Reading.Refused refused(String text) {
        return (Reading.Refused) read(text);
    }

    private static String name(Problem problem) {
        return problem.type().toString().replace("urn:leat:problem:", "");
    }

    @SuppressWarnings("unchecked")
    private static List<FieldError> errors(Problem problem) {
        return (List<FieldError>) problem.extensions().getOrDefault("errors", List.of());
    }
}
