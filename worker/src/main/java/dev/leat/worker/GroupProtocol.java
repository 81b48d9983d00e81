package dev.leat.worker;

/** How the workers' consumer group shares out the partitions. */
public enum GroupProtocol {
    /** The broker assigns (KIP-848); the session timeout is the broker's. */
    CONSUMER,
    /** The members assign, cooperatively; the session timeout is the worker's. */
    CLASSIC
}
