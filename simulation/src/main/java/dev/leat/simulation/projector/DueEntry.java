package dev.leat.simulation.projector;

import java.time.Instant;
import java.util.Comparator;

import dev.leat.domain.JobId;
import dev.leat.domain.projection.DueAction;

/** An entry of the due index, in the order of its time. */
record DueEntry(Instant at, JobId job, DueAction action) implements Comparable<DueEntry> {

    private static final Comparator<DueEntry> ORDER = Comparator.comparing(DueEntry::at)
            .thenComparing(DueEntry::job)
            .thenComparing(entry -> entry.action().toString());

    @Override
    public int compareTo(DueEntry other) {
        return ORDER.compare(this, other);
    }
}
