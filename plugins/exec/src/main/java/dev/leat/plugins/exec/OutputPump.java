package dev.leat.plugins.exec;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads one output stream of a command to its end, on a virtual thread, so that the command never waits for its reader:
 * what is too much is read, and left out.
 */
final class OutputPump {

    private static final int CHUNK = 8192;

    private final BoundedOutput output;
    private final Thread thread;

    private OutputPump(BoundedOutput output, Thread thread) {
        this.output = output;
        this.thread = thread;
    }

    /**
     * Begins to read.
     *
     * @param limit how many bytes to keep
     * @param lines takes each line, on the thread of the pump
     */
    static OutputPump start(InputStream stream, int limit, LineSplitter lines) {
        BoundedOutput output = new BoundedOutput(limit);
        Thread thread = Thread.ofVirtual().name("exec-output").start(() -> pump(stream, output, lines));
        return new OutputPump(output, thread);
    }

    private static void pump(InputStream stream, BoundedOutput output, LineSplitter lines) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                output.append(chunk, count);
                lines.accept(chunk, count);
            }
        } catch (IOException e) {
            // The stream was taken away; what has come is all there is.
        }
        lines.end();
    }

    /**
     * Waits for the end of the stream; an interrupt is kept for later.
     *
     * @return whether it has come; not where a process that has escaped still holds the stream open
     */
    boolean awaitEnd(Duration longest) {
        return SteadyWait.until(longest, thread::join);
    }

    BoundedOutput output() {
        return output;
    }
}
