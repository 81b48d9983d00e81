package dev.leat.domain;

/**
 * On whose behalf a job was submitted, and so who is told how it ends, if anybody is.
 *
 * @param id of the batch, schedule or job
 * @param index of the operation in its batch, from 0; of a schedule, the due time in milliseconds since 1970; else 0
 */
public record Origin(Kind kind, String id, long index) {

    /** How long an id may be, in characters. */
    public static final int MAX_ID = 200;

    /** What kind of thing has submitted it. */
    public enum Kind {
        /** An operation of a batch. */
        BATCH,
        /** A step of taking a batch back. */
        COMPENSATION,
        /** The job that gets the summary of a batch. */
        SUMMARY,
        /** A firing of a schedule. */
        SCHEDULE,
        /** A handler. Nobody is told. */
        JOB,
        /** A job that has ended, whose work this one does again. Nobody is told. */
        RETRY
    }

    /** Whether somebody is told how the job ends. */
    boolean isTold() {
        return kind != Kind.JOB && kind != Kind.RETRY;
    }
}
