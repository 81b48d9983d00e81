package dev.leat.plugins.demo.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** An answer as lines and bytes, of which the sender can send only so many. For one thread. */
final class ResponseStream {

    private final BufferedInputStream in;

    ResponseStream(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Reads a line, without its end.
     *
     * @param what the line is, for the message
     * @param longest the most bytes that it may have
     */
    String line(String what, int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == -1) {
                throw new FetchException("Expected %s, but the connection ended".formatted(what));
            }
            if (line.length() == longest) {
                throw new FetchException("Expected %s of at most %d bytes, but got %s".formatted(what, longest,
                        FetchException.quoted(line.toString())));
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** Reads bytes as {@link InputStream#read(byte[], int, int)} does: at least one, or -1 at the end. */
    int read(byte[] buffer, int length) throws IOException {
        return in.read(buffer, 0, length);
    }
}
