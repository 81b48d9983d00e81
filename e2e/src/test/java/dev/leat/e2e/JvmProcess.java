package dev.leat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM of its own on the class path of this test, which says on its output that it is ready, and where. It can be
 * stopped, killed, suspended and started again with the same command. Its output is appended to a file of its own. It
 * ends with this JVM at the latest, however that ends.
 *
 * <p>For one thread at a time, but for {@link #isAlive} and {@link #address}.
 */
public class JvmProcess implements AutoCloseable {

    /** For a machine that has ten of them to start on two cores, and other things to do. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(6);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration READY_POLL = Duration.ofMillis(100);
    private static final int TAIL = 4_000;
    private static final Pattern READY = Pattern.compile("is ready at (\\S+)");

    private final List<String> command;
    private final Path log;
    /** Where the output of the latest start begins. */
    private long logBegin;
    private volatile Optional<Process> process = Optional.empty();
    private volatile String address = "";
    private volatile Optional<Process> suspension = Optional.empty();

    /**
     * Starts nothing yet.
     *
     * @param main its main class
     * @param heapMegabytes how large its heap may become
     */
    protected JvmProcess(Path log, String main, int heapMegabytes, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=logback.xml", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Leash.class.getName(), main));
        words.addAll(arguments);
        this.command = List.copyOf(words);
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(this::destroy));
    }

    /** Starts it and returns when it says that it is ready. */
    public final void start() throws IOException, InterruptedException {
        logBegin = Files.exists(log) ? Files.size(log) : 0;
        process = Optional.of(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        address = awaitReady();
    }

    /** Where it said that it is ready, the last time that it did. */
    public final String address() {
        return address;
    }

    /** Whether it runs, or is suspended. */
    public final boolean isAlive() {
        return process.map(Process::isAlive).orElse(false);
    }

    /** Sends SIGTERM and waits for the orderly end. */
    public final void stop() throws InterruptedException {
        Process running = running();
        // The process itself would also be let go by its standard input, and so end at once.
        running.toHandle().destroy();
        if (!running.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Expected an orderly end within " + STOP_TIMEOUT.toSeconds()
                    + " s of SIGTERM, but it still runs:\n" + tail());
        }
    }

    /** Sends SIGTERM, waits for the orderly end, and starts the same command again. */
    public final void restart() throws IOException, InterruptedException {
        stop();
        start();
    }

    /** Sends SIGKILL and waits for the end. */
    public final void kill() throws InterruptedException {
        Process running = running();
        destroy();
        running.waitFor();
    }

    /**
     * Sends SIGSTOP. The shell that does so sends SIGCONT when its own input ends, so that the process wakes up, and can
     * end, also where this JVM is gone by then.
     */
    public final void suspend() throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "kill -STOP $0 && echo done && read line; kill -CONT $0",
                String.valueOf(running().pid())).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        suspension = Optional.of(shell);
        if (!"done".equals(shell.inputReader().readLine())) {
            throw new AssertionError("Expected SIGSTOP to reach process " + running().pid() + ", but it did not");
        }
    }

    /** Sends SIGCONT to the suspended process. */
    public final void resume() throws IOException, InterruptedException {
        Process shell = suspension
                .orElseThrow(() -> new IllegalStateException("Expected a suspended process, but it runs"));
        suspension = Optional.empty();
        shell.getOutputStream().close();
        shell.waitFor();
    }

    private Process running() {
        return process.orElseThrow(() -> new IllegalStateException("Expected a started process, but it was not"));
    }

    private String awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher ready = READY.matcher(tail());
            if (ready.find()) {
                return ready.group(1);
            }
            if (running().waitFor(READY_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        destroy();
        throw new AssertionError("Expected the process to get ready, but it wrote:\n" + tail());
    }

    /** The last that it wrote since its latest start. */
    protected final String tail() {
        try (FileChannel written = FileChannel.open(log)) {
            long begin = Math.max(logBegin, written.size() - TAIL);
            return new String(Channels.newInputStream(written.position(begin)).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void destroy() {
        process.ifPresent(Process::destroyForcibly);
        suspension.ifPresent(Process::destroyForcibly);
    }

    /** Kills it, and waits for the end. */
    @Override
    public final void close() {
        destroy();
        process.ifPresent(running -> running.onExit().join());
    }
}
