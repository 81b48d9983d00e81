package dev.leat.submit.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.leat.runtime.settings.DataSize;
import dev.leat.submit.ApiProblems;

/** A body that is refused as soon as more of it has come than may. For one thread. */
final class BoundedBody extends FilterInputStream {

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

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw ApiProblems.bodyTooLarge(
                    "Expected a batch of at most " + limit.bytes() + " bytes, but more came");
        }
    }
}
