package dev.leat.worker.run;

import java.io.PrintWriter;
import java.io.Writer;

/** What a throwable of a stranger says, and where a thread of a stranger is, in bounded length, whatever they do. */
final class ThrownText {

    private static final int MAX_STACK = 16_000;

    private ThrownText() {}

    /** Class and message. */
    static String line(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable _) { // toString() is the stranger's too.
            return thrown.getClass().getName();
        }
    }

    /** The stack trace with its causes, cut where it is too long. */
    static String stack(Throwable thrown) {
        BoundedWriter text = new BoundedWriter();
        try {
            thrown.printStackTrace(new PrintWriter(text));
        } catch (Throwable _) { // Full, or the stranger's methods threw: what there is will do.
            return text.toString();
        }
        return text.toString();
    }

    /** Where a thread is now. */
    static String stack(Thread thread) {
        StringBuilder text = new StringBuilder("The handler was at");
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("\n\tat ").append(frame);
            if (text.length() > MAX_STACK) {
                return text.substring(0, MAX_STACK) + "…";
            }
        }
        return text.toString();
    }

    /** Ends the printing by an exception once it is full: a cause chain may be endless. */
    private static final class BoundedWriter extends Writer {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(char[] chars, int from, int length) {
            text.append(chars, from, Math.min(length, MAX_STACK - text.length()));
            if (text.length() >= MAX_STACK) {
                text.append("…");
                throw new IllegalStateException("Expected a shorter stack trace");
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
