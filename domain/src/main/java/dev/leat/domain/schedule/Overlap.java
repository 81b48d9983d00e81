package dev.leat.domain.schedule;

import java.util.Locale;

/** What becomes of a firing while a job of an earlier one has not ended. */
public enum Overlap {
    /** It is left out. */
    SKIP,
    /** It waits until the earlier job has ended; one waits at a time, and those that come meanwhile are left out. */
    QUEUE,
    /** The earlier job is cancelled, and this one is submitted when that has ended; a later firing takes its place. */
    CANCEL_PREVIOUS,
    /** It is submitted all the same. */
    ALLOW;

    /** The name outside the JVM, such as {@code cancel-previous}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
