package dev.leat.projector.topology;

import dev.leat.domain.JobId;

/** A fact would make its job larger than the store's changelog takes. */
final class JobTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobTooLargeException(JobId job, int bytes, int limit) {
        super("Expected job " + job + " with its result to take " + limit + " bytes at most, but it would take "
                + bytes);
    }
}
