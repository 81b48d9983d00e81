package dev.leat.plugin;

/** How much a line of a job's log matters. */
public enum LogLevel {
    /** For whoever looks for a fault. */
    DEBUG,
    /** What is going on. */
    INFO,
    /** Not as it should be, but the job goes on. */
    WARN,
    /** Why something did not work. */
    ERROR
}
