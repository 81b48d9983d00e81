package dev.leat.simulation;

/**
 * A fault that is going to happen.
 *
 * @param when at which moment
 * @param kind what
 * @param target which of the processes of its kind, counted from 0, taken modulo their number; a moment of a process
 *        strikes that process
 * @param nanos how long it lasts
 */
public record PlannedFault(When when, Kind kind, int target, long nanos) {

    /** Of the things that go wrong. */
    public enum Kind {
        KILL_WORKER,
        KILL_PROJECTOR,
        SUSPEND_WORKER,
        SUSPEND_PROJECTOR,
        CUT_WORKER,
        CUT_PROJECTOR,
        DRAIN_WORKER,
        REBALANCE_WORKERS,
        REBALANCE_PROJECTORS,
        /** A worker hears nothing of control, or a projector of heartbeats or lanes. */
        LAG_WORKER,
        LAG_PROJECTOR,
        /** The group's coordinator does not answer a worker: it can claim, and does not learn whether it has won. */
        STALL_WORKER,
        /** A worker's consumer fails in the middle of whatever it does, and is replaced. */
        FAIL_CLAIMING,
        /** Messages take long and are lost. */
        STORM
    }

    /** Of the moments at which faults do most harm. */
    public enum Moment {
        /** After so many nanoseconds. */
        TIME,
        /** When a batch is announced for the n-th time. */
        CLAIM,
        /** When offsets are committed for the n-th time. */
        COMMIT,
        /** When a handler begins for the n-th time. */
        RUN,
        /** When a projector commits for the n-th time. */
        TRANSACTION
    }

    /** The same fault at an earlier moment of its kind. */
    PlannedFault earlier(long by) {
        return when.moment() == Moment.TIME
                ? this
                : new PlannedFault(new When(when.moment(), Math.max(1, when.count() - by), when.delayNanos()), kind,
                        target, nanos);
    }

    /** At a moment; the process that it is about is struck a little later. */
    public record When(Moment moment, long count, long delayNanos) {

        static When at(long nanos) {
            return new When(Moment.TIME, nanos, 0);
        }
    }
}
