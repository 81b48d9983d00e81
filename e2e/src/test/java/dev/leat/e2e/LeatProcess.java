package dev.leat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real process of the {@code leat} command, on the class path of this test. Its output goes to a file of its own; it
 * is killed with the test's JVM at the latest. For one thread.
 */
final class LeatProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Pattern READY = Pattern.compile("is ready at (http://\\S+)");

    private final List<String> command;
    private final Path log;
    private Process process;
    private URI url;

    private LeatProcess(List<String> command, Path log) throws IOException, InterruptedException {
        this.command = command;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        this.process = launch();
        this.url = awaitReady();
    }

    /** Starts {@code leat} with these arguments and returns when it says that it is ready. */
    static LeatProcess start(Path folder, String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Dlogback.configurationFile=logback.xml", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.leat.launcher.Leat"));
        command.addAll(List.of(arguments));
        return new LeatProcess(List.copyOf(command), folder.resolve(name + ".log"));
    }

    /** Where its HTTP server answers. */
    URI url() {
        return url;
    }

    /** What {@code leat up} printed behind this name. */
    String printed(String name) {
        Matcher line = Pattern.compile("(?m)^ *" + Pattern.quote(name) + " +(\\S+)$").matcher(tail());
        if (!line.find()) {
            throw new AssertionError("Expected a line '" + name + "', but the process wrote:\n" + tail());
        }
        return line.group(1);
    }

    /** Sends SIGTERM, waits for the orderly end, and starts the same command again. */
    void restart() throws IOException, InterruptedException {
        stop();
        process = launch();
        url = awaitReady();
    }

    /** Sends SIGTERM and waits for the orderly end. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected an orderly end within 60 s of SIGTERM, but it still runs:\n" + tail());
        }
    }

    private void kill() {
        process.destroyForcibly();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
    }

    private URI awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher ready = READY.matcher(tail());
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        kill();
        throw new AssertionError("Expected the process to get ready, but it wrote:\n" + tail());
    }

    private String tail() {
        try {
            String text = Files.exists(log) ? Files.readString(log) : "";
            return text.substring(Math.max(0, text.length() - 4_000));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
