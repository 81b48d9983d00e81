package dev.leat.plugins.exec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The beginning and the end of a stream, in bounded memory: what a command says first and last is what people look for.
 * Thread-safe.
 */
final class BoundedOutput {

    private final int headLimit;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    /** A ring: the byte at position p of the stream stands at p modulo its length. */
    private final byte[] tail;
    private long total;

    /** @param limit how many bytes are kept, half of them from the beginning */
    BoundedOutput(int limit) {
        this.headLimit = limit / 2;
        this.tail = new byte[limit - headLimit];
    }

    /** Takes the first {@code count} of the bytes. */
    synchronized void append(byte[] bytes, int count) {
        int toHead = Math.min(count, headLimit - head.size());
        head.write(bytes, 0, toHead);
        total += toHead;
        // Of what comes, only as much as the ring holds can stay.
        int from = Math.max(toHead, count - tail.length);
        total += from - toHead;
        for (int i = from; i < count; i++) {
            tail[(int) (total % tail.length)] = bytes[i];
            total++;
        }
    }

    /** Whether something is left out of the {@link #text()}. */
    synchronized boolean isTruncated() {
        return total > (long) headLimit + tail.length;
    }

    /** What was kept, with a line in between that tells how much is left out. */
    synchronized String text() {
        byte[] end = tailInOrder();
        if (!isTruncated()) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(head.toByteArray());
            whole.writeBytes(end);
            return whole.toString(StandardCharsets.UTF_8);
        }
        byte[] begin = head.toByteArray();
        int beginEnds = Utf8.endOfWholeCharacters(begin, begin.length);
        int endBegins = Utf8.beginOfWholeCharacters(end, 0);
        return new String(begin, 0, beginEnds, StandardCharsets.UTF_8)
                + "\n[%d bytes left out]\n".formatted(total - beginEnds - (end.length - endBegins))
                + new String(end, endBegins, end.length - endBegins, StandardCharsets.UTF_8);
    }

    private byte[] tailInOrder() {
        long kept = Math.min(total - head.size(), tail.length);
        byte[] end = new byte[(int) kept];
        for (int i = 0; i < end.length; i++) {
            end[i] = tail[(int) ((total - kept + i) % tail.length)];
        }
        return end;
    }

    /** The last characters of the {@link #text()}, for a message. */
    String lastCharacters(int most) {
        String text = text().strip();
        return text.substring(Math.max(0, text.length() - most));
    }
}
