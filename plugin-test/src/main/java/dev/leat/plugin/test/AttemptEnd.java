package dev.leat.plugin.test;

/** What a worker makes of an attempt that has ended: not always what the handler says of it. */
public enum AttemptEnd {
    /** The job has completed. */
    SUCCEEDED,
    /** It said so, or it threw although nobody had stopped it: the job is tried again if a try is left. */
    FAILED,
    /** The job is run again later, and no try is spent. */
    SNOOZED,
    /** The job is run again when the jobs have ended that it waits for, and no try is spent. */
    WAITING,
    /** It was cancelled, and it said so or threw. */
    CANCELLED,
    /** Its timeout had passed, and it said that it was cancelled or threw. */
    TIMED_OUT
}
