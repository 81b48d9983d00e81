package dev.leat.domain.projection;

import java.time.Instant;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Request;

/**
 * Something to be done about a job. The shell does all effects of one step together with storing the job and moving on
 * in its topics, or none of them.
 */
public sealed interface Effect {

    /** Write a decision to the events topic. It counts when it is folded from there. */
    record Decide(Fact decision) implements Effect {}

    /** Write a command to its lane. */
    record Queue(Fact.JobQueued command) implements Effect {}

    /** Write a request to the control topic. */
    record Ask(Request request) implements Effect {}

    /** Write a request about another job to the control topic. */
    record Tell(JobId other, Request request) implements Effect {}

    /**
     * Put an entry into the due index.
     *
     * @param at moved into the years 1970 to 9999, whatever a foreign clock or submission says
     */
    record Schedule(Instant at, DueAction action) implements Effect {

        private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

        public Schedule {
            at = at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at.isAfter(LATEST) ? LATEST : at;
        }
    }

    /** Tell whoever submitted the job how it ended. */
    record Notify(JobNotice notice) implements Effect {}

    /** Note that the key is this job's. */
    record HoldKey(String key) implements Effect {}

    /** Forget that the key is this job's; where it is another's, do nothing. */
    record FreeKey(String key) implements Effect {}

    /** Delete the job. */
    record Forget(JobId job) implements Effect {}
}
