package dev.leat.plugins.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Runs a command to its end, to its time limit or to the interrupt of the calling thread, whichever comes first. When it
 * returns or throws, no process of the command is left.
 *
 * <p>Thread-safe.
 */
final class CommandRunner {

    /** How long the streams of a command whose processes are all dead may take to come to their end. */
    private static final Duration STREAM_END = Duration.ofSeconds(2);

    private final Containment containment;
    private final Duration grace;

    /** @param grace how long a command that is told to end has for that before it is killed */
    CommandRunner(Containment containment, Duration grace) {
        this.containment = containment;
        this.grace = grace;
    }

    /**
     * How a command ended.
     *
     * @param exitCode what it ended with
     * @param timedOut whether it had to be ended since its time was over
     * @param duration how long it ran
     */
    record End(int exitCode, boolean timedOut, BoundedOutput stdout, BoundedOutput stderr, Duration duration) {}

    /**
     * Runs a command.
     *
     * @param limits of time and output
     * @param stdin what it can read
     * @param lines takes what it writes
     * @throws IOException if it does not start
     * @throws InterruptedException if the calling thread was interrupted; the command was ended
     */
    End run(Launch launch, CommandLimits limits, byte[] stdin, LineSink lines)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        boolean ended;
        CommandProcess process = CommandProcess.start(launch, containment, grace);
        OutputPump stdout;
        OutputPump stderr;
        try (process) {
            stdout = pump(process, LineSink.Source.STDOUT, limits, lines);
            stderr = pump(process, LineSink.Source.STDERR, limits, lines);
            feed(process.stdin(), stdin);
            ended = process.waitFor(limits.timeout());
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        stdout.awaitEnd(STREAM_END);
        stderr.awaitEnd(STREAM_END);
        return new End(process.exitCode(), !ended, stdout.output(), stderr.output(), duration);
    }

    private static OutputPump pump(CommandProcess process, LineSink.Source source, CommandLimits limits,
            LineSink lines) {
        return OutputPump.start(source == LineSink.Source.STDOUT ? process.stdout() : process.stderr(),
                limits.outputBytes(), new LineSplitter(text -> lines.line(source, text)));
    }

    /** On a thread of its own, for the command may read late, or not at all. */
    private static void feed(OutputStream stdin, byte[] bytes) {
        Thread.ofVirtual().name("exec-input").start(() -> {
            try (stdin) {
                stdin.write(bytes);
            } catch (IOException e) {
                // The command does not want to read all of it.
            }
        });
    }
}
