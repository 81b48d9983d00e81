package dev.leat.submit.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.settings.DataSize;
import dev.leat.submit.ApiProblems;

/** A body that is refused as soon as more of it has come than may. For one thread. */
final class BoundedBody extends FilterInputStream {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedBody.class);

    private final DataSize limit;
    private long left;

    BoundedBody(InputStream body, DataSize limit) {
        super(body);
        this.limit = limit;
        this.left = limit.bytes();
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    /** Whoever has the body closes it. */
    @Override
    public void close() {
        // A reader that is done with a part of it would end the connection.
    }

    /**
     * Reads on to the end and keeps nothing, so that the connection can be used again; gives up after as much again as the
     * body may have.
     */
    void passOver() {
        byte[] buffer = new byte[1 << 14];
        try {
            int count = in.read(buffer);
            for (long passed = 0; count >= 0 && passed < limit.bytes(); passed += count) {
                count = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("Expected the rest of a body that is refused, but: {}", e.getMessage());
        }
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw ApiProblems.bodyTooLarge(
                    "Expected a batch of at most " + limit.bytes() + " bytes, but more came");
        }
    }
}
