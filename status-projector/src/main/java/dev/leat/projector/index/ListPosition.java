package dev.leat.projector.index;

import java.time.Instant;
import java.util.UUID;

import dev.leat.domain.JobId;

/**
 * Where a job stands in a list: newest first by the time of its submission, then by its id. Plain numbers, since there
 * is one for every job in memory.
 */
public record ListPosition(long submittedAtMillis, long idHigh, long idLow) implements Comparable<ListPosition> {

    public static ListPosition of(Instant submittedAt, JobId id) {
        return new ListPosition(submittedAt.toEpochMilli(), id.value().getMostSignificantBits(),
                id.value().getLeastSignificantBits());
    }

    public JobId id() {
        return new JobId(new UUID(idHigh, idLow));
    }

    @Override
    public int compareTo(ListPosition other) {
        int time = Long.compare(other.submittedAtMillis, submittedAtMillis);
        if (time != 0) {
            return time;
        }
        int high = Long.compareUnsigned(other.idHigh, idHigh);
        return high != 0 ? high : Long.compareUnsigned(other.idLow, idLow);
    }
}
