package dev.leat.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Starts everything on a folder and ports of its own, runs one job and stops: the run from which the JVM's ahead-of-time
 * cache (JEP 483) learns what a start needs. For {@code ./leat}, after a build.
 */
@Command(name = "train", hidden = true, description = "One short run, for the JVM's ahead-of-time cache to learn from.")
final class TrainCommand implements Callable<Integer> {

    private static final String JOB = """
            {"type":"demo:noop"}""";

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("leat-train");
        Map<String, String> anyPort = Map.of("leat.http.port", "0");
        try (AllInOne leat = new AllInOne(data, new AllInOne.Ports(0, 0),
                defaults -> new ConfigurationFlags().load(defaults, anyPort));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> submitted = client.send(HttpRequest.newBuilder(leat.url().resolve("/api/v1/jobs"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JOB))
                    .build(), HttpResponse.BodyHandlers.ofString());
            String location = submitted.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new IllegalStateException("Expected a job, but got " + submitted.body()));
            awaitCompletion(client, leat.url().resolve(location));
        } finally {
            delete(data);
        }
        return ExitCode.OK;
    }

    private static void awaitCompletion(HttpClient client, URI job) throws IOException, InterruptedException {
        String body = "";
        for (int polls = 0; polls < 100; polls++) {
            body = client.send(HttpRequest.newBuilder(job).build(), HttpResponse.BodyHandlers.ofString()).body();
            if (body.contains("\"completed\"")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("Expected the job to complete within seconds, but it is " + body);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
