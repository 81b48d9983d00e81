package dev.leat.plugins.exec;

import java.util.Set;

/**
 * What the exit code of a command means for its job.
 *
 * @param success with these the job is done
 * @param others what becomes of the job with any other
 */
record ExitCodes(Set<Integer> success, Other others) {

    static final ExitCodes DEFAULT = new ExitCodes(Set.of(0), Other.RETRY);

    ExitCodes {
        success = Set.copyOf(success);
    }

    /** What a job comes to whose command ended with a code that is not among the good ones. */
    enum Other {
        /** The attempt has failed; the job is tried again while it has tries left. */
        RETRY,
        /** The job has failed. */
        FAIL,
        /** The job is done all the same; its result tells the code. */
        SUCCEED
    }

    /** What to do about a code. */
    Verdict judge(int code) {
        if (success.contains(code) || others == Other.SUCCEED) {
            return Verdict.SUCCEEDED;
        }
        return others == Other.RETRY ? Verdict.FAILED : Verdict.FAILED_FOR_GOOD;
    }

    enum Verdict {
        SUCCEEDED, FAILED, FAILED_FOR_GOOD
    }
}
