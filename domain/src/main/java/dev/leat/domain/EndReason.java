package dev.leat.domain;

/** Why a job is wanted to end without a result, the weightiest reason first. */
public enum EndReason {
    /** Somebody cancelled it. */
    CANCEL,
    /** Its deadline over all attempts has passed. */
    DEADLINE,
    /** It has waited for its first start as long as it may; counts only while it has not been started. */
    EXPIRE
}
