package dev.leat.plugins.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A command that runs, with every process that it has started. Closing it ends all of them: the command is asked to end
 * (SIGTERM to its process group) and has a short grace for that; then, also where it has ended by itself, whatever is left
 * is killed.
 *
 * <pre>
 * worker ── pipe ──▶ watchdog ── signals ──▶ group ( command ── children … )
 *    └──────── looks for the mark in /proc ──▶ daemons that have left the group
 * </pre>
 *
 * <p><b>Threads.</b> Belongs to the thread that runs the job; its interrupts do not cut {@link #close} short.
 */
final class CommandProcess implements AutoCloseable {

    /** The environment variable by which the processes of a run are found; its value is another one for each run. */
    static final String MARK = "EXEC_RUN";

    /** How long the system may take to tell the exit code of a command that was killed. */
    private static final Duration BURIAL = Duration.ofSeconds(2);

    private final Process process;
    private final Optional<Watchdog> watchdog;
    private final Optional<MarkedProcesses> marked;
    private final Duration grace;

    private CommandProcess(Process process, Optional<Watchdog> watchdog, Optional<MarkedProcesses> marked,
            Duration grace) {
        this.process = process;
        this.watchdog = watchdog;
        this.marked = marked;
        this.grace = grace;
    }

    /**
     * Starts a command.
     *
     * @param launch what to run
     * @param containment what there is to hold its processes together
     * @param grace how long it has to end after SIGTERM
     * @throws IOException if it does not start
     */
    static CommandProcess start(Launch launch, Containment containment, Duration grace) throws IOException {
        String mark = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder(containment.contain(launch.commandLine()))
                .directory(launch.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        builder.environment().put(MARK, mark);
        Optional<MarkedProcesses> marked = containment.processes()
                .map(folder -> new MarkedProcesses(folder, MARK, mark));
        // Before the command, so that there is no time in which nobody watches it.
        Optional<Watchdog> watchdog = containment.setsid().isPresent()
                ? Optional.of(Watchdog.start(containment.shell()))
                : Optional.empty();
        try {
            Process process = builder.start();
            watchdog.ifPresent(dog -> dog.watch(process.pid()));
            return new CommandProcess(process, watchdog, marked, grace);
        } catch (IOException e) {
            watchdog.ifPresent(Watchdog::close);
            throw e;
        }
    }

    InputStream stdout() {
        return process.getInputStream();
    }

    InputStream stderr() {
        return process.getErrorStream();
    }

    OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Waits for the command, not for what it has started; tells whether it has ended. */
    boolean waitFor(Duration longest) throws InterruptedException {
        return process.waitFor(longest);
    }

    /** What the command ended with. */
    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        // What descends from the command can be told from others only while the command lives.
        Set<ProcessHandle> descendants = process.descendants().collect(Collectors.toSet());
        if (process.isAlive()) {
            terminate();
            SteadyWait.until(grace, process::waitFor);
            process.descendants().forEach(descendants::add);
        }
        watchdog.ifPresent(Watchdog::close);
        // By its handle: Process.destroyForcibly would close the streams, with what nobody has read yet.
        process.toHandle().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        marked.ifPresent(MarkedProcesses::kill);
        SteadyWait.until(BURIAL, process::waitFor);
    }

    /** Once only: there are programs that take a second signal for the order to drop everything. */
    private void terminate() {
        boolean ordered = watchdog.map(Watchdog::terminate).orElse(false);
        if (!ordered) {
            process.toHandle().destroy();
        }
    }
}
