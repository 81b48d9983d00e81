package dev.leat.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a job. Which fact moves which state where, only the {@link TransitionTable} says. */
public enum JobState {
    /** Facts have come, but not yet the command they belong to; nobody is shown such a job. */
    UNKNOWN,
    /** Waits in its lane for a worker. */
    QUEUED,
    /** At least one claim on its current attempt is open. */
    RUNNING,
    /** The handler returned a result. */
    COMPLETED,
    /** The handler failed or threw. */
    FAILED,
    /** Ended because somebody asked for it. */
    CANCELLED,
    /** Could never run: its type is unknown or its parameters are invalid. */
    REJECTED;

    /** Whether nothing can move the job any more. */
    public boolean isTerminal() {
        return switch (this) {
            case UNKNOWN, QUEUED, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED, REJECTED -> true;
        };
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
