package dev.leat.plugin;

import java.util.Optional;
import java.util.UUID;

/**
 * How a job ended that a handler has waited for ({@link JobOutcome#waitFor}). Leat implements it; methods may be added. All
 * methods may be called from any thread.
 */
public interface EndedJob {

    /** How it ended. Constants may be added. */
    enum Ending {
        /** Its handler returned a result. */
        COMPLETED,
        /** Its last attempt failed. */
        FAILED,
        /** Its last attempt took too long, or all of them together did. */
        TIMED_OUT,
        /** Somebody has cancelled it. */
        CANCELLED,
        /** No worker took it in the time that it might wait. */
        EXPIRED,
        /** It could never run: for its type, its parameters, or another job with its key. */
        REJECTED,
        /** Nobody knows of it: it was never submitted, or its retention was over. */
        UNKNOWN
    }

    /** The job's id. */
    UUID jobId();

    /** How it ended. */
    Ending ending();

    /** Why it ended badly, in a sentence for people; empty where nobody said, and as {@link #result} otherwise. */
    Optional<String> reason();

    /**
     * Its result.
     *
     * @param type the record's class: the job type's result, or one of your own with some of its components
     * @return empty where it has none, and where results and reasons of all jobs that were waited for are longer than
     *     16,000 characters together: the last ones are left out then
     * @throws IllegalStateException if the result is no such record
     */
    <R extends Record> Optional<R> result(Class<R> type);
}
