package dev.leat.domain;

/** The kinds of facts, as rows of the {@link TransitionTable} name them. */
public enum FactKind {
    JOB_QUEUED,
    CANCEL_REQUESTED,
    ATTEMPT_STARTED,
    ATTEMPT_PROGRESSED,
    ATTEMPT_SUCCEEDED,
    ATTEMPT_FAILED,
    ATTEMPT_CANCELLED,
    CLAIM_ABANDONED,
    JOB_REJECTED,
    JOB_CANCELLED;

    static FactKind of(Fact fact) {
        return switch (fact) {
            case Fact.JobQueued _ -> JOB_QUEUED;
            case Fact.CancelRequested _ -> CANCEL_REQUESTED;
            case Fact.AttemptStarted _ -> ATTEMPT_STARTED;
            case Fact.AttemptProgressed _ -> ATTEMPT_PROGRESSED;
            case Fact.AttemptSucceeded _ -> ATTEMPT_SUCCEEDED;
            case Fact.AttemptFailed _ -> ATTEMPT_FAILED;
            case Fact.AttemptCancelled _ -> ATTEMPT_CANCELLED;
            case Fact.ClaimAbandoned _ -> CLAIM_ABANDONED;
            case Fact.JobRejected _ -> JOB_REJECTED;
            case Fact.JobCancelled _ -> JOB_CANCELLED;
        };
    }
}
