package dev.leat.domain;

import java.time.Instant;

/** What is asked of a job that has been submitted, on the control topic. Some of it is a fact of the job, too. */
public sealed interface Request permits Fact.EndRequested, Fact.JobWatched, Fact.AwaitedEnded,
        Request.StopClaim, Request.Forget {

    /** When it was asked for, on the clock of the one who asks. */
    Instant at();

    /** To whichever worker holds the claim: it does not count any more, so stop what runs under it. */
    record StopClaim(ClaimId claim, Instant at) implements Request {}

    /** To the projector: forget the job, if it has ended; in a minute, if a command of it may be on its way to its lane. */
    record Forget(Instant at) implements Request {}
}
