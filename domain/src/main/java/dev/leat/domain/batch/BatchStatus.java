package dev.leat.domain.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What people see of where a batch stands. */
public enum BatchStatus {
    /** Operations are being released or run. */
    RUNNING,
    /** An operation has failed: nothing more is released, and what has been is on its way to its end. */
    STOPPING,
    /** Somebody wants it to end: what has been released is asked to. */
    CANCELLING,
    /** What has completed is being taken back. */
    ROLLING_BACK,
    /** All operations have completed. */
    COMPLETED,
    /** Everything has ended, and not all operations have completed. */
    FAILED,
    /** An order for it could not be carried out: it has no operations. */
    REJECTED,
    /** Everything has ended, as somebody wanted it to. */
    CANCELLED,
    /** Everything has been taken back that can be. */
    ROLLED_BACK,
    /** Something that can be taken back could not be. */
    ROLLBACK_FAILED;

    /** Its name outside the JVM. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status that is called so outside the JVM. */
    public static Optional<BatchStatus> ofWireName(String name) {
        return Arrays.stream(values()).filter(status -> status.wireName().equals(name)).findFirst();
    }
}
