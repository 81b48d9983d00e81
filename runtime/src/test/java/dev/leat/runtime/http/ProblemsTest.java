package dev.leat.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

class ProblemsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(EmbeddedServer.class, Map.of("micronaut.server.port", "-1",
                "micronaut.server.host", "127.0.0.1", "micronaut.server.max-request-size", "1MB", "test.mill", "true"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldReadAndWriteDomainJson() throws Exception {
        HttpResponse<byte[]> response = post("""
                {"type":"demo:prime","sacks":3,"lane":"high","params":{"limit":1.10, "big":1e400},"tags":["a"]}""");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("""
                {"type":"demo:prime","sacks":3,"lane":"high","params":{"limit":1.10,"big":1e400},"tags":["a"]}""");
    }

    static Stream<Arguments> brokenBodies() {
        String good = "{\"type\":\"demo:prime\",\"sacks\":3";
        return Stream.of(
                body("", "malformed-json", "Expected a JSON body, but there is none."),
                body("   ", "malformed-json", "Expected a JSON body, but there is none."),
                body("{\"type\":", "malformed-json", "Expected JSON, but it is malformed at line 1, column 9."),
                body("<order/>", "malformed-json", "Expected JSON, but it is malformed at line 1, column 1."),
                body(good + "} x", "malformed-json", "Expected JSON, but it is malformed at line 1, column 33."),
                body(good + "}{}", "malformed-json",
                        "Expected nothing after the JSON value, but there is more at line 1, column 32."),
                body(good + ",\"sacks\":4}", "malformed-json",
                        "Expected each field once, but \"sacks\" comes again at line 1, column 39."),
                body(good + ",\"params\":{\"a\":1,\"a\":2}}", "malformed-json",
                        "Expected each field once, but \"a\" comes again at line 1, column 51."),
                body("[".repeat(100_000), "invalid-request", "Expected an object, but got something else."),
                body(good + ",\"params\":" + "[".repeat(100_000), "malformed-json",
                        "Expected JSON without excessive nesting, names or numbers, but it goes too far."),
                body("{\"sacks\":" + "9".repeat(100_000) + "}", "malformed-json",
                        "Expected JSON without excessive nesting, names or numbers, but it goes too far."),
                body("{\"sacks\":99999999999}", "invalid-request",
                        "Expected a whole number at \"/sacks\", but it is too large for one."),
                body("{\"sacks\":1.5}", "invalid-request", "Expected a whole number at \"/sacks\", but got \"1.5\"."),
                body("{\"sacks\":\"3\"}", "invalid-request",
                        "Expected a whole number at \"/sacks\", but got something else."),
                body("{\"sacks\":null}", "invalid-request", "Expected a whole number at \"/sacks\", but got null."),
                body("{\"sacks\":[3]}", "invalid-request",
                        "Expected a whole number at \"/sacks\", but got something else."),
                body("{\"type\":5}", "invalid-request",
                        "Expected a job type as 'plugin:name', but got '5'"),
                body("{\"type\":\"prime\"}", "invalid-request",
                        "Expected a job type as 'plugin:name', but got 'prime'"),
                body(good + ",\"lane\":\"urgent\"}", "invalid-request",
                        "Expected high, normal or low, but got 'urgent'"),
                body(good + ",\"tags\":\"a\"}", "invalid-request",
                        "Expected a list at \"/tags\", but got something else."),
                body(good + ",\"tags\":[\"a\",{}]}", "invalid-request",
                        "Expected a text at \"/tags/1\", but got something else."),
                body(good + ",\"address\":{\"street\":\" \"}}", "invalid-request",
                        "Expected a street that is not blank, but got \" \""),
                body(good + ",\"address\":{}}", "invalid-request",
                        "Expected a value at \"/address/street\", but there is none."),
                body("{\"type\":\"demo:prime\"}", "invalid-request",
                        "Expected a value at \"/sacks\", but there is none."),
                body("{\"type\":null,\"sacks\":1}", "invalid-request",
                        "Expected a value at \"/type\", but there is none."),
                body(good + ",\"tag\":1}", "invalid-request",
                        "Expected only the fields address, lane, params, sacks, tags,"
                                + " type, but got \"tag\" (did you mean \"tags\"?)."),
                body("null", "malformed-json", "Expected a JSON body, but there is none."),
                body("\"text\"", "invalid-request", "Expected an object, but got something else."),
                body("{\"type\":\"a\0b\"}", "malformed-json",
                        "Expected JSON, but it is malformed at line 1, column 11."));
    }

    private static Arguments body(String body, String name, String detail) {
        return Arguments.of("body " + (body.length() > 100 ? body.substring(0, 60) + "…" : body),
                body.getBytes(StandardCharsets.UTF_8), name, detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBodies")
    void shouldRefuseBrokenBodies(String shown, byte[] body, String name, String detail) throws Exception {
        HttpResponse<byte[]> response = send(request("/mill/orders").header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

        assertProblem(response, 400, name, detail);
    }

    @Test
    void shouldRefuseInvalidUtf8() throws Exception {
        byte[] body = "{\"type\":\"demo:prime\",\"sacks\":1,\"tags\":[\"??\"]}".getBytes(StandardCharsets.UTF_8);
        body[body.length - 4] = (byte) 0xff;

        assertProblem(send(request("/mill/orders").header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))), 400, "malformed-json",
                "Expected JSON, but it is malformed at line 1, column 43.");
    }

    @Test
    void shouldRefuseOtherMediaTypes() throws Exception {
        assertProblem(
                send(request("/mill/orders").header("content-type", "text/plain").POST(BodyPublishers.ofString("x"))),
                415, "unsupported-media-type", "Expected application/json, but got text/plain.");
        assertProblem(send(request("/mill/text").header("accept", "image/png")), 406, "not-acceptable",
                "Expected text/plain, but got only image/png.");
    }

    @Test
    void shouldRefuseBodiesOverTheLimit() throws Exception {
        HttpRequest.Builder big = request("/mill/orders").header("content-type", "application/json");

        assertProblem(send(big.copy().POST(BodyPublishers.ofByteArray(new byte[2 << 20]))), 413,
                "content-too-large", "Expected a body of at most 1MB.");
        assertProblem(
                send(big.copy().POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[2 << 20])))),
                413, "content-too-large", "Expected a body of at most 1MB.");
    }

    @Test
    void shouldSayWhatIsWrongWithTheAddress() throws Exception {
        assertProblem(send(request("/flour")), 404, "not-found",
                "Expected a path of this service, but there is nothing at /flour.");
        assertProblem(send(request("/mill/nothing")), 404, "not-found",
                "Expected a path of this service, but there is nothing at /mill/nothing.");
        assertProblem(send(request("/mill/orders")), 400, "invalid-request",
                "Expected a value for \"limit\", but there is none.");
        assertProblem(send(request("/mill/orders?limit=many")), 400, "invalid-request",
                "Expected \"limit\" to be a whole number, but got \"many\".");
        assertProblem(send(request("/mill/orders/42").DELETE()), 400, "invalid-request",
                "Expected a job id in the form of a lower-case UUID, but got '42'");
    }

    @Test
    void shouldNameTheMethodsThatAreAllowed() throws Exception {
        HttpResponse<byte[]> response = send(request("/mill/orders").PUT(BodyPublishers.noBody()));

        assertProblem(response, 405, "method-not-allowed", "Expected GET or HEAD or POST, but got PUT.");
        assertThat(String.join(",", response.headers().allValues("allow")).split(",")).containsExactlyInAnyOrder("GET",
                "HEAD", "POST");
    }

    @Test
    void shouldAnswerWithTheProblemThatWasThrown() throws Exception {
        HttpResponse<byte[]> response = send(request("/mill/orders/0195d0c6-0000-7000-8000-000000000000").DELETE());

        JsonNode problem = assertProblem(response, 409, "job-over", "Expected …, but …");
        assertThat(problem.path("title").textValue()).isEqualTo("Job is over");
        assertThat(problem.path("jobId").textValue()).isEqualTo("0195d0c6-0000-7000-8000-000000000000");
        assertThat(text(response)).startsWith("{\"type\":");
    }

    @Test
    void shouldSayWhenToTryAgain() throws Exception {
        HttpResponse<byte[]> busy = send(request("/mill/busy"));
        HttpResponse<byte[]> gone = send(request("/mill/gone"));

        assertProblem(busy, 429, "busy", "");
        assertThat(busy.headers().firstValue("retry-after")).contains("2");
        assertProblem(gone, 503, "broker-unavailable", "");
        assertThat(gone.headers().firstValue("retry-after")).contains("2");
    }

    @Test
    void shouldSayWhereToLookInstead() throws Exception {
        HttpResponse<byte[]> response = send(request("/mill/elsewhere"));

        assertProblem(response, 409, "duplicate", "");
        assertThat(response.headers().firstValue("location")).contains("/orders/1");
        assertThat(response.headers().firstValue("retry-after")).contains("3");
    }

    @ParameterizedTest
    @MethodSource("brokenRoutes")
    void shouldShowNothingFromInsideButWhereTheLogSaysMore(String path) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ProblemOf.class);
        log.start();
        logger.addAppender(log);

        HttpResponse<byte[]> response = send(request(path));

        logger.detachAppender(log);
        JsonNode problem = JSON.readTree(response.body());
        String instance = problem.path("instance").textValue();
        assertProblem(response, 500, "internal-error",
                "Something went wrong inside Leat; its log says more under " + instance + ".");
        assertThat(instance).startsWith("urn:uuid:");
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).contains(instance, path);
            assertThat(event.getThrowableProxy()).isNotNull();
        });
    }

    static Stream<String> brokenRoutes() {
        return Stream.of("/mill/broken", "/mill/broken-inside", "/mill/broken-answer", "/mill/status");
    }

    @Test
    void shouldLeaveHealthAsItIs() throws Exception {
        HttpResponse<byte[]> response = send(request("/health"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("status").textValue()).isEqualTo("UP");
    }

    @Test
    void shouldSendNoBodyToHead() throws Exception {
        HttpResponse<byte[]> response = send(request("/flour").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rawRequests")
    void shouldSurviveWhatIsNotHttp(String raw) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(raw.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).doesNotContain("Exception", "io.micronaut", "io.netty", "com.fasterxml", "\tat ");
            if (!answer.isEmpty()) {
                assertThat(answer).matches("(?s)HTTP/1\\.[01] 4.*");
            }
        }
    }

    static Stream<String> rawRequests() {
        return Stream.of("\0\1\2\3\r\n\r\n", "GET /mill/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /mill/orders?limit=%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n",
                "BREW /mill/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /mill/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: nonsense\r\nContent-Length: 1\r\n\r\nx",
                "POST /mill/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n");
    }

    private static JsonNode assertProblem(HttpResponse<byte[]> response, int status, String name, String detail)
            throws IOException {
        assertThat(response.headers().firstValue("content-type")).as(text(response))
                .contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("type").textValue()).isEqualTo("urn:leat:problem:" + name);
        assertThat(problem.path("title").textValue()).isNotBlank();
        assertThat(text(response)).doesNotContain("secret", "Exception", "io.micronaut", "com.fasterxml", "dev.leat");
        return problem;
    }

    private static HttpResponse<byte[]> post(String body) throws Exception {
        return send(request("/mill/orders").header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.getURL() + path)).timeout(Duration.ofSeconds(10));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
