package dev.leat.plugin;

/** The lane into which a job goes whose submission names no priority. Jobs of a higher lane start first. */
public enum DefaultLane {
    /** For what a person waits for. */
    HIGH,
    /** For everything else. */
    NORMAL,
    /** For what may wait while others work. Low jobs are slowed down by the lanes above, never starved. */
    LOW
}
