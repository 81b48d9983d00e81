package dev.leat.domain;

/** The kinds of facts, as rows of the {@link TransitionTable} name them. */
public enum FactKind {
    JOB_SCHEDULED,
    JOB_QUEUED,
    END_REQUESTED,
    JOB_WATCHED,
    AWAITED_ENDED,
    ATTEMPT_STARTED,
    ATTEMPT_PROGRESSED,
    ATTEMPT_CHECKPOINTED,
    ATTEMPT_LOGGED,
    ATTEMPT_SUCCEEDED,
    ATTEMPT_FAILED,
    ATTEMPT_TIMED_OUT,
    ATTEMPT_SNOOZED,
    ATTEMPT_WAITING,
    ATTEMPT_RELEASED,
    ATTEMPT_CANCELLED,
    CLAIM_ABANDONED,
    CLAIM_DOUBTED,
    LEASE_EXPIRED,
    JOB_ADMITTED,
    JOB_REJECTED,
    JOB_CANCELLED,
    JOB_EXPIRED,
    JOB_TIMED_OUT;

    static FactKind of(Fact fact) {
        return switch (fact) {
            case Fact.JobScheduled _ -> JOB_SCHEDULED;
            case Fact.JobQueued _ -> JOB_QUEUED;
            case Fact.EndRequested _ -> END_REQUESTED;
            case Fact.JobWatched _ -> JOB_WATCHED;
            case Fact.AwaitedEnded _ -> AWAITED_ENDED;
            case Fact.AttemptStarted _ -> ATTEMPT_STARTED;
            case Fact.AttemptProgressed _ -> ATTEMPT_PROGRESSED;
            case Fact.AttemptCheckpointed _ -> ATTEMPT_CHECKPOINTED;
            case Fact.AttemptLogged _ -> ATTEMPT_LOGGED;
            case Fact.AttemptSucceeded _ -> ATTEMPT_SUCCEEDED;
            case Fact.AttemptFailed _ -> ATTEMPT_FAILED;
            case Fact.AttemptTimedOut _ -> ATTEMPT_TIMED_OUT;
            case Fact.AttemptSnoozed _ -> ATTEMPT_SNOOZED;
            case Fact.AttemptWaiting _ -> ATTEMPT_WAITING;
            case Fact.AttemptReleased _ -> ATTEMPT_RELEASED;
            case Fact.AttemptCancelled _ -> ATTEMPT_CANCELLED;
            case Fact.ClaimAbandoned _ -> CLAIM_ABANDONED;
            case Fact.ClaimDoubted _ -> CLAIM_DOUBTED;
            case Fact.LeaseExpired _ -> LEASE_EXPIRED;
            case Fact.JobAdmitted _ -> JOB_ADMITTED;
            case Fact.JobRejected _ -> JOB_REJECTED;
            case Fact.JobCancelled _ -> JOB_CANCELLED;
            case Fact.JobExpired _ -> JOB_EXPIRED;
            case Fact.JobTimedOut _ -> JOB_TIMED_OUT;
        };
    }
}
