package dev.leat.projector.topology;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;

/** What a record of a source topic turned out to be. */
sealed interface Reading {

    /** A fact of a job. */
    record Known(JobId id, Fact fact) implements Reading {}

    /** A fact of a kind that only newer versions know: there is nothing to fold. */
    record Newer(JobId id) implements Reading {}

    /** A record that no retry can make usable: a stable word why, and what was expected and what came. */
    record Poison(String reason, String detail) implements Reading {}
}
