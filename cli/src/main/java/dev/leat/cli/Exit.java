package dev.leat.cli;

import java.util.Arrays;

/** What a command of a user ends with. The codes are public: scripts branch on them. */
public enum Exit {

    /** Done; a job or batch that was waited for has completed. */
    OK(0, "done; what was waited for has completed"),
    /** The server refused what was asked, or something unforeseen happened. */
    REFUSED(1, "the server refused it; what was expected is said"),
    /** The command line is wrong. */
    USAGE(2, "the command line is wrong"),
    /** Nobody answers, or not yet. */
    UNAVAILABLE(3, "no server answers, or it cannot answer yet"),
    /** There is no such job, batch, job type, plugin or dead letter. */
    NOT_FOUND(4, "there is no such job, batch, job type, plugin, schedule or dead letter"),
    /** The job, or an operation of the batch, failed. */
    FAILED(10, "the job failed, or an operation of the batch"),
    /** The job took too long. */
    TIMED_OUT(11, "the job timed out"),
    /** The job or batch was cancelled. */
    CANCELLED(12, "the job or batch was cancelled"),
    /** No worker took the job in time. */
    EXPIRED(13, "the job expired: no worker took it in time"),
    /** The job could never run, or another one had its key. */
    REJECTED(14, "the job was rejected"),
    /** The batch was taken back. */
    ROLLED_BACK(15, "the batch was rolled back"),
    /** Something of the batch could not be taken back. */
    ROLLBACK_FAILED(16, "the batch could not be rolled back in full"),
    /** The wait is over, and it has not ended. */
    OPEN(20, "it has not ended within --at-most");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The exit code of the process. */
    public int code() {
        return code;
    }

    /** What it means, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** How the status of a job or batch is told: by the exit that has its name, {@link #OK} or {@link #OPEN}. */
    public static Exit of(String status) {
        if (status.equals("completed")) {
            return OK;
        }
        return Arrays.stream(values())
                .filter(exit -> exit.code >= FAILED.code && exit.name().equalsIgnoreCase(status))
                .findFirst()
                .orElse(OPEN);
    }
}
