package dev.leat.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Runs commands against a server that is made up, the run from which the JVM's ahead-of-time cache (JEP 483) learns which
 * classes a command needs. For {@code ./leat}, after a build.
 */
@Command(name = "rehearse", hidden = true, description = "One short run, for the JVM's ahead-of-time cache to learn from.")
final class RehearseCommand implements Callable<Integer> {

    private static final String JOB = """
            {"id": "1", "type": "a:b", "plugin": "a", "status": "completed", "tags": [], "attempt": 1, "params": {},
             "submittedAt": "2026-01-01T00:00:00Z", "startedAt": "2026-01-01T00:00:01Z", "finishedAt": "2026-01-01T00:00:02Z",
             "progress": {"percent": 100, "message": "1/1 parts: all"}}""";
    private static final String ANSWER = """
            {"id": "1", "type": "a:b", "status": "completed", "jobs": [%1$s], "batches": [],
             "jobTypes": [{"type": "a:b", "workers": 1}], "plugins": [{"id": "a"}], "workers": [{"id": "w", "slots": 1}],
             "byPlugin": {"a": {}}, "params": {"properties": {"n": {"type": "integer"}}}, "schedules": [], "deadLetters": []}"""
            .formatted(JOB);
    private static final List<List<String>> COMMANDS = List.of(List.of("status"), List.of("status", "1"),
            List.of("list", "--status", "running"), List.of("submit", "a:b", "n=1"), List.of("watch", "1"),
            List.of("result", "1"), List.of("types"), List.of("stats"), List.of("plugins"), List.of("workers"),
            List.of("schedules"), List.of("dead-letters"), List.of("top"), List.of("cancel", "1"),
            List.of("list", "--json"),
            List.of("watch", "no"));

    @Override
    public Integer call() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", RehearseCommand::answer);
        server.start();
        try {
            String url = "--server=http://127.0.0.1:" + server.getAddress().getPort();
            for (List<String> command : COMMANDS) {
                CommandLine leat = LeatCli.commandLine();
                leat.setOut(new PrintWriter(Writer.nullWriter()));
                leat.setErr(new PrintWriter(Writer.nullWriter()));
                leat.execute(Stream.concat(command.stream(), Stream.of(url))
                        .toArray(String[]::new));
            }
        } finally {
            server.stop(0);
        }
        return Exit.OK.code();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean stream = path.endsWith("/progress");
        boolean missing = path.endsWith("/no");
        String body = stream ? "event: state\ndata: " + JOB.replace("\n", "") + "\n\n" : ANSWER;
        exchange.getResponseHeaders().add("Content-Type", stream
                ? "text/event-stream"
                : missing ? "application/problem+json" : "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(missing ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
