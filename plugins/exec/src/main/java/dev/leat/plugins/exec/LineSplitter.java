package dev.leat.plugins.exec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines, whose length it bounds. Belongs to one thread. */
final class LineSplitter {

    /** In bytes; a line that is longer is cut into pieces. As much as a line of a job's log takes. */
    static final int LONGEST_LINE = 2000;

    private final Consumer<String> lines;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Takes the first {@code count} of the bytes. */
    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                emit(length);
            } else {
                if (length == LONGEST_LINE) {
                    emit(Utf8.endOfWholeCharacters(line, length));
                }
                line[length++] = bytes[i];
            }
        }
    }

    /** Gives what stands after the last end of a line. */
    void end() {
        if (length > 0) {
            emit(length);
        }
    }

    private void emit(int end) {
        int shown = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
        lines.accept(new String(line, 0, shown, StandardCharsets.UTF_8));
        byte[] rest = Arrays.copyOfRange(line, end, length);
        System.arraycopy(rest, 0, line, 0, rest.length);
        length = rest.length;
    }
}
