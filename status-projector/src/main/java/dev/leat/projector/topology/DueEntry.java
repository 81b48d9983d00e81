package dev.leat.projector.topology;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.apache.kafka.common.utils.Bytes;

import dev.leat.domain.JobId;
import dev.leat.domain.projection.DueAction;

/**
 * An entry of the due index: from this time on, this is to be done about this job.
 *
 * <p>As bytes: the time in milliseconds (8, big-endian), the job's id (16), the action (1), its attempt or 0 (4). So the
 * order of the bytes is the order of the times, which lie after 1970. They are rounded up, so that nothing is due before
 * its time.
 */
record DueEntry(Instant at, JobId job, DueAction action) {

    private static final int SIZE = Long.BYTES + 2 * Long.BYTES + 1 + Integer.BYTES;

    private static final byte RELEASE = 1;
    private static final byte RETRY = 2;
    private static final byte EXPIRE = 3;
    private static final byte TIME_OUT = 4;
    private static final byte PURGE = 5;
    private static final byte DISOWN = 6;

    Bytes toKey() {
        ByteBuffer key = ByteBuffer.allocate(SIZE)
                .putLong(millis(at))
                .putLong(job.value().getMostSignificantBits())
                .putLong(job.value().getLeastSignificantBits());
        return Bytes.wrap((switch (action) {
            case DueAction.Release _ -> key.put(RELEASE).putInt(0);
            case DueAction.Retry(int attempt) -> key.put(RETRY).putInt(attempt);
            case DueAction.Expire _ -> key.put(EXPIRE).putInt(0);
            case DueAction.TimeOut _ -> key.put(TIME_OUT).putInt(0);
            case DueAction.Purge _ -> key.put(PURGE).putInt(0);
            case DueAction.Disown _ -> key.put(DISOWN).putInt(0);
        }).array());
    }

    /** Reads what {@link #toKey} wrote; empty where only another version of Leat knows what it means. */
    static Optional<DueEntry> parse(Bytes key) {
        if (key.get().length != SIZE) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        Instant at = Instant.ofEpochMilli(bytes.getLong());
        JobId job = new JobId(new UUID(bytes.getLong(), bytes.getLong()));
        byte code = bytes.get();
        int attempt = bytes.getInt();
        return action(code, attempt).map(action -> new DueEntry(at, job, action));
    }

    private static Optional<DueAction> action(byte code, int attempt) {
        return switch (code) {
            case RELEASE -> Optional.of(new DueAction.Release());
            case RETRY -> Optional.of(new DueAction.Retry(attempt));
            case EXPIRE -> Optional.of(new DueAction.Expire());
            case TIME_OUT -> Optional.of(new DueAction.TimeOut());
            case PURGE -> Optional.of(new DueAction.Purge());
            case DISOWN -> Optional.of(new DueAction.Disown());
            default -> Optional.empty();
        };
    }

    /** What no entry lies before that is due later than {@code now}, and no other entry behind. */
    static Bytes endOf(Instant now) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES)
                .putLong(now.isBefore(Instant.EPOCH) ? 0 : now.toEpochMilli() + 1)
                .array());
    }

    private static long millis(Instant at) {
        return at.plusNanos(999_999).toEpochMilli();
    }
}
