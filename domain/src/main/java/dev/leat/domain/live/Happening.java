package dev.leat.domain.live;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;

/**
 * What one fact means to those who watch its job.
 *
 * @param job as it is with the fact; its submission is known
 */
public record Happening(Kind kind, Job job, Fact fact) {

    /** What watchers are told of. */
    public enum Kind {
        /** The job is there, and was not shown before. */
        CREATED,
        /** Its status, its attempt or the worker that has it is another one. */
        STATUS,
        /** Its handler says how far it has come. */
        PROGRESS,
        /** Its handler has written lines to its log. */
        LOG,
        /** It has ended; nothing is told of it any more. */
        END
    }
}
