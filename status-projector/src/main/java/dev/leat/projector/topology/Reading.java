package dev.leat.projector.topology;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;

/** What a record of a source topic turned out to be. */
sealed interface Reading {

    /** A fact of a job. */
    record Known(JobId id, Fact fact) implements Reading {}

    /** What is asked of a job and is no fact of it. */
    record Asked(JobId id, Request request) implements Reading {}

    /** A fact or a request of a kind that only newer versions know: there is nothing to do. */
    record Newer(JobId id) implements Reading {}

    /** A record that no retry can make usable: a stable word why, and what was expected and what came. */
    record Poison(String reason, String detail) implements Reading {}
}
