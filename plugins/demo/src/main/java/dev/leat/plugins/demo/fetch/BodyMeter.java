package dev.leat.plugins.demo.fetch;

import java.io.IOException;
import java.util.Optional;

/** Counts the bytes of one body, up to a limit, and keeps none. For one thread. */
final class BodyMeter {

    private static final int MAX_LINE = 4096;

    private final byte[] buffer = new byte[8192];
    private final int limit;
    private int size;
    private boolean truncated;

    /** @param limit the most bytes to count */
    BodyMeter(int limit) {
        this.limit = limit;
    }

    /** How many bytes came, without those that the transfer adds. */
    int size() {
        return size;
    }

    /** Whether there were more than the limit. */
    boolean truncated() {
        return truncated;
    }

    /**
     * Reads a body to its end or to one byte beyond the limit. Where it throws, what came until then has been counted.
     *
     * @throws IOException if the body ends too early, or is not as its head says
     */
    void measure(ResponseHead head, ResponseStream in) throws IOException {
        if (head.isBodiless()) {
            return;
        }
        if (head.isChunked()) {
            chunks(in);
            return;
        }
        Optional<Long> length = head.contentLength();
        if (length.isPresent()) {
            exactly(length.get(), in);
        } else {
            atMost(Long.MAX_VALUE, in);
        }
    }

    private void chunks(ResponseStream in) throws IOException {
        for (long chunk = chunkLength(in); chunk > 0; chunk = chunkLength(in)) {
            exactly(chunk, in);
            if (truncated) {
                return;
            }
            String end = in.line("the end of a chunk", MAX_LINE);
            if (!end.isEmpty()) {
                throw new FetchException("Expected the end of a chunk, but got " + FetchException.quoted(end));
            }
        }
    }

    private static long chunkLength(ResponseStream in) throws IOException {
        String line = in.line("the length of a chunk", MAX_LINE);
        String digits = line.replaceFirst(";.*", "").strip();
        if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
            throw new FetchException("Expected the length of a chunk, but got " + FetchException.quoted(line));
        }
        return Long.parseLong(digits, 16);
    }

    private void exactly(long length, ResponseStream in) throws IOException {
        long came = atMost(length, in);
        if (came < length && !truncated) {
            throw new FetchException("Expected %d bytes of body, but the connection ended after %d"
                    .formatted(length, came));
        }
    }

    /** Stops at this length, at the end of the stream, or when the limit is exceeded. */
    private long atMost(long length, ResponseStream in) throws IOException {
        long came = 0;
        while (came < length && !truncated) {
            int wanted = (int) Math.min(Math.min(buffer.length, length - came), limit - size + 1L);
            int read = in.read(buffer, wanted);
            if (read == -1) {
                break;
            }
            came += read;
            truncated = read > limit - size;
            size = Math.min(size + read, limit);
        }
        return came;
    }
}
