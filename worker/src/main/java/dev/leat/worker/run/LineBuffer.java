package dev.leat.worker.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import dev.leat.domain.JobLog;
import dev.leat.domain.LogLine;

/**
 * Log lines that wait to be sent. Of too many the oldest give way; as the bounds are half of what a job's log keeps, the
 * line that says so is seen.
 *
 * <p>Invariant: at most {@value #MOST_LINES} lines of together {@value #MAX_SIZE} characters. Not thread-safe.
 */
final class LineBuffer {

    static final int MOST_LINES = JobLog.MOST_LINES / 2;
    static final int MAX_SIZE = JobLog.MAX_SIZE / 2;

    private final Deque<LogLine> lines = new ArrayDeque<>();
    private int size;
    private long dropped;

    static LineBuffer of(LogLine line) {
        LineBuffer buffer = new LineBuffer();
        buffer.add(line);
        return buffer;
    }

    /** Puts later lines behind its own; the other buffer is not to be used any more. */
    LineBuffer append(LineBuffer later) {
        if (later.dropped > 0) {
            dropped += lines.size() + later.dropped;
            lines.clear();
            size = 0;
        }
        later.lines.forEach(this::add);
        return this;
    }

    private void add(LogLine line) {
        lines.add(line);
        size += line.size();
        while (lines.size() > MOST_LINES || size > MAX_SIZE) {
            size -= lines.remove().size();
            dropped++;
        }
    }

    /** The lines, behind one that says how many there are not. */
    List<LogLine> toSend() {
        List<LogLine> all = new ArrayList<>();
        if (dropped > 0) {
            all.add(new LogLine(lines.element().at(), LogLine.Level.WARN,
                    "Expected to keep all lines, but they came faster than Kafka took them: dropped " + dropped
                            + " before the next one",
                    Map.of("dropped", Long.toString(dropped))));
        }
        all.addAll(lines);
        return all;
    }
}
