package dev.leat.plugins.site.content;

import java.io.IOException;
import java.io.Writer;

/** Collects text up to a length; more is an {@link IOException}. */
final class LimitedWriter extends Writer {

    private final StringBuilder text = new StringBuilder();
    private final int most;

    /** @param most how many characters it takes */
    LimitedWriter(int most) {
        this.most = most;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        if (text.length() + length > most) {
            throw new IOException("Expected at most %d characters, but there are more".formatted(most));
        }
        text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
