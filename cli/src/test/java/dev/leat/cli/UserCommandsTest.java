package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class UserCommandsTest {

    private static final String ID = "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10";

    /** By method and path, what the server answers: a status and a body. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @Command(name = "leat", subcommands = Plugin.class)
    static final class Root {}

    @Command(name = "plugin")
    static final class Plugin {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add((request + " " + body).strip());
            String answer = answers.getOrDefault(request, "500 {}");
            byte[] json = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            int status = Integer.parseInt(answer.substring(0, 3));
            exchange.getResponseHeaders().add("Content-Type",
                    status < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... arguments) {
        CommandLine leat = UserCommands.addTo(new CommandLine(new Root()));
        leat.setOut(new PrintWriter(out));
        leat.setErr(new PrintWriter(err));
        return leat.execute(arguments);
    }

    private String url() {
        return "--server=127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void shouldSubmitParamsOfTheTypesOfTheSchema() {
        answers.put("GET /api/v1/job-types/demo%3Aprime", """
                200 {"params": {"type": "object", "properties": {"limit": {"type": "integer"}}}}""");
        answers.put("POST /api/v1/jobs",
                "202 {\"id\": \"" + ID + "\", \"type\": \"demo:prime\", \"status\": \"queued\"}");

        assertThat(
                run("submit", url(), "demo:prime", "limit=1000", "--priority", "high", "--delay", "1m30s", "--tag", "a",
                        "--tag", "b"))
                .isZero();

        assertThat(out).hasToString(ID + System.lineSeparator());
        assertThat(requests).last().asString()
                .isEqualTo("POST /api/v1/jobs {\"type\":\"demo:prime\",\"priority\":\"high\","
                        + "\"delay\":\"PT1M30S\",\"tags\":[\"a\",\"b\"],\"params\":{\"limit\":1000}}");
    }

    @Test
    void shouldSayWhichFieldsTheServerRefuses() {
        answers.put("POST /api/v1/jobs", """
                422 {"type": "urn:leat:problem:invalid-params", "title": "No", "status": 422,
                     "detail": "Expected params that are valid for demo:prime, but 1 field is wrong.",
                     "errors": [{"pointer": "/files/0", "message": "Expected at least 100, but got 1"}]}""");

        assertThat(run("submit", url(), "demo:prime")).isEqualTo(Exit.REFUSED.code());

        assertThat(err.toString().lines()).containsExactly(
                "leat: Expected params that are valid for demo:prime, but 1 field is wrong.",
                "  files.0: Expected at least 100, but got 1");
    }

    @Test
    void shouldSayWhatToStartWhereNobodyAnswers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(run("status", "--server", "http://127.0.0.1:" + free)).isEqualTo(Exit.UNAVAILABLE.code());

        assertThat(err.toString()).contains("but nothing listens there").contains("./leat up").contains("LEAT_SERVER");
    }

    @Test
    void shouldAskForABatchWhereThereIsNoSuchJob() {
        answers.put("GET /api/v1/jobs/" + ID, "404 {\"type\": \"urn:leat:problem:job-not-found\", \"status\": 404}");
        answers.put("GET /api/v1/batches/" + ID,
                "404 {\"type\": \"urn:leat:problem:batch-not-found\", \"status\": 404}");

        assertThat(run("status", url(), ID)).isEqualTo(Exit.NOT_FOUND.code());

        assertThat(err.toString()).contains("Expected the id of a job or batch, but there is none of " + ID);
    }

    @Test
    void shouldFollowPagesUntilTheLimit() {
        answers.put("GET /api/v1/jobs?status=failed&limit=3",
                "200 {\"jobs\": [{\"id\": \"a\"}], \"nextCursor\": \"x y\"}");
        answers.put("GET /api/v1/jobs?status=failed&limit=2&cursor=x%20y",
                "200 {\"jobs\": [{\"id\": \"b\"}, {\"id\": \"c\"}], \"nextCursor\": \"z\"}");

        assertThat(run("list", url(), "--status", "failed", "--limit", "3", "--json")).isZero();

        assertThat(out.toString().strip()).isEqualTo("{\"jobs\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}");
    }

    @Test
    void shouldKeepTheLimitThatIsNotNamed() {
        answers.put("GET /api/v1/plugins/demo", "200 {\"id\": \"demo\", \"limits\": {\"maxRunning\": 4}}");
        answers.put("PUT /api/v1/plugins/demo/limits",
                "200 {\"id\": \"demo\", \"limits\": {\"maxRunning\": 4, \"startsPerSecond\": 0.5}}");

        assertThat(run("plugin", "limits", url(), "demo", "--starts-per-second", "0.5")).isZero();

        assertThat(requests).last().asString()
                .isEqualTo("PUT /api/v1/plugins/demo/limits {\"maxRunning\":4,\"startsPerSecond\":0.5}");
        assertThat(out.toString()).contains("4 running, 0.5/s");
    }

    @Test
    void shouldPutOptionsBeforeTheLinesOfABatchAndNameLinesAsTheFileHasThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ops.ndjson"),
                "{\"type\":\"demo:noop\"}\n{\"type\":\"demo:nop\"}\n");
        answers.put("POST /api/v1/batches",
                """
                        422 {"status": 422, "detail": "No.", "errors": [{"index": 1, "line": 3, "pointer": "/type", "message": "Unknown"}]}""");

        assertThat(run("batch", url(), file.toString(), "--concurrency", "2", "--stop-on-failure"))
                .isEqualTo(Exit.REFUSED.code());

        assertThat(requests).containsExactly("POST /api/v1/batches "
                + "{\"name\":\"ops.ndjson\",\"options\":{\"onFailure\":\"stop\",\"concurrency\":2}}\n"
                + "{\"type\":\"demo:noop\"}\n{\"type\":\"demo:nop\"}");
        assertThat(err.toString()).contains("  line 2, type: Unknown");
    }

    @Test
    void shouldLetOptionsWinOverTheFirstLineOfABatch(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ops.ndjson"),
                "{\"name\":\"mine\",\"options\":{\"concurrency\":9}}\n{\"type\":\"demo:noop\"}");
        answers.put("POST /api/v1/batches", "202 {\"id\": \"" + ID + "\"}");

        assertThat(run("batch", url(), file.toString(), "--concurrency", "2", "--detach")).isZero();

        assertThat(requests)
                .containsExactly("POST /api/v1/batches {\"name\":\"mine\",\"options\":{\"concurrency\":2}}\n"
                        + "{\"type\":\"demo:noop\"}");
        assertThat(out.toString().strip()).isEqualTo(ID);
    }

    @Test
    void shouldRefuseToRedriveEverythingByAccident() {
        assertThat(run("dead-letters", "redrive", url())).isEqualTo(Exit.USAGE.code());

        assertThat(err.toString()).contains("Expected which dead letters");
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldWriteCompletionsThatNameEveryCommand() {
        assertThat(run("completion", "zsh")).isZero();

        assertThat(out.toString()).startsWith("autoload").contains("dead-letters").contains("--idempotency-key")
                .contains("complete -F _complete_leat");
    }

    @Test
    void shouldHaveHelpForEveryCommand() {
        CommandLine leat = UserCommands.addTo(new CommandLine(new Root()));

        assertThat(leat.getSubcommands()).hasSizeGreaterThan(15).allSatisfy((name, command) -> assertThat(
                command.getCommandSpec().usageMessage().description()).as(name)
                .hasSizeGreaterThanOrEqualTo(name.equals("plugin") ? 0 : 1));
    }
}
