package dev.leat.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, which can be stopped and started again. For one thread. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OK = 200;

    private final List<String> command;
    private final URI url;
    private final Path log;
    private Process process;

    /**
     * Starts it and waits until it is ready.
     *
     * @param command starts the process, which answers at the URL then
     */
    GatewayProcess(List<String> command, URI url, Path log) throws InterruptedException {
        this.command = command;
        this.url = url;
        this.log = log;
        this.process = start();
        awaitReady();
    }

    private Process start() {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to start " + String.join(" ", command), e);
        }
    }

    private void awaitReady() throws InterruptedException {
        HttpRequest readiness = HttpRequest.newBuilder(url.resolve("/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http, readiness)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("Expected a gateway at " + url + "; " + log + " says more");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest readiness) throws InterruptedException {
        try {
            return http.send(readiness, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Ends it and starts it again.
     *
     * @param kill without giving it time to end by itself
     */
    void restart(boolean kill) throws InterruptedException {
        stop(kill);
        process = start();
        awaitReady();
    }

    private void stop(boolean kill) throws InterruptedException {
        if (kill) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        process.waitFor();
    }

    /** What it holds of the machine's memory, in MB. */
    long residentMegabytes() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected Linux's /proc", e);
        }
    }

    /** How much of a processor it has used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
