package dev.leat.plugins.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small process beside a command that signals the command's process group: when it is told to, and by SIGKILL when its
 * standard input ends. It ends when this side closes it, and also when the worker dies, however that dies: so a command
 * does not outlive its worker.
 *
 * <p>The Java library can signal one process at a time only, and between looking for the processes of a group and
 * signalling them new ones are born; the operating system signals a group at once.
 *
 * <p><b>Threads.</b> Used by the thread that runs the command.
 */
final class Watchdog implements AutoCloseable {

    /**
     * The first line that it reads names the group, each further one a signal; that goes to the leader alone for as long
     * as the leader has yet to make the group. What a terminal sends, it leaves alone.
     */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            read -r group || exit 0
            while read -r signal; do kill -s "$signal" -- "-$group" || kill -s "$signal" "$group"; done
            kill -s KILL -- "-$group"
            """;

    private static final Duration END = Duration.ofSeconds(2);

    private final Process process;
    private final OutputStream orders;

    private Watchdog(Process process) {
        this.process = process;
        this.orders = process.getOutputStream();
    }

    /**
     * Starts one that has no group to watch yet.
     *
     * @throws IOException if the shell does not start
     */
    static Watchdog start(Path shell) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(shell.toString(), "-c", SCRIPT))
                .directory(Path.of("/").toFile()).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().clear();
        return new Watchdog(builder.start());
    }

    /** Gives it a process group to watch, by its leader's process id. */
    void watch(long group) {
        order(Long.toString(group));
    }

    /** Asks all processes of the group to end. */
    boolean terminate() {
        return order("TERM");
    }

    /** Gives an order; false where it is not there any more, since somebody has killed it. */
    private boolean order(String line) {
        try {
            orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills what is left of the group, and waits until that is done. */
    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException e) {
            // It has been killed. The processes are then looked for one by one; see CommandProcess.
        }
        if (!SteadyWait.until(END, longest -> process.waitFor(longest))) {
            process.destroyForcibly();
        }
    }
}
