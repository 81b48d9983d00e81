package dev.leat.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a job. Which fact moves which state where, only the {@link TransitionTable} says. */
public enum JobState {
    /** Facts have come, but not yet the command they belong to; nobody is shown such a job. */
    UNKNOWN,
    /** Waits for its time, or for the word that nobody else has its key. */
    SCHEDULED,
    /** Waits in its lane for a worker. */
    QUEUED,
    /** At least one claim on its current attempt is open, and its worker is not known to be silent. */
    RUNNING,
    /** An attempt has ended, and the next one waits for its time. */
    RETRYING,
    /** The handler returned a result. */
    COMPLETED,
    /** The last attempt failed, threw, or was lost with its worker. */
    FAILED,
    /** The last attempt took too long, or all of them together did. */
    TIMED_OUT,
    /** Ended because somebody asked for it. */
    CANCELLED,
    /** No worker took it in the time that it might wait. */
    EXPIRED,
    /** Could never run: its type is unknown, its parameters are invalid, or another job has its key. */
    REJECTED;

    /** Whether nothing can move the job any more. */
    public boolean isTerminal() {
        return switch (this) {
            case UNKNOWN, SCHEDULED, QUEUED, RUNNING, RETRYING -> false;
            case COMPLETED, FAILED, TIMED_OUT, CANCELLED, EXPIRED, REJECTED -> true;
        };
    }

    /** Whether the job is there and no worker has it: what asks for its end then, the projector decides. */
    public boolean isWaiting() {
        return this == SCHEDULED || this == QUEUED || this == RETRYING;
    }

    /** The state's name outside the JVM. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state that is called so outside the JVM. */
    public static Optional<JobState> ofWireName(String name) {
        return Arrays.stream(values()).filter(state -> state.wireName().equals(name)).findFirst();
    }
}
