package dev.leat.submit.socket;

import java.util.Locale;
import java.util.Optional;

import dev.leat.domain.Job;
import dev.leat.domain.live.Happening;

/** What a client is told of a job. */
enum JobNewsType {
    JOB_CREATED,
    JOB_STARTED,
    JOB_PROGRESS,
    JOB_RETRYING,
    /** It is in its lane, has been given back or is to be cancelled. */
    JOB_UPDATED,
    JOB_COMPLETED,
    /** Its status says how: failed, timed_out, expired or rejected. */
    JOB_FAILED,
    JOB_CANCELLED;

    /** How a happening is called; empty where clients are not told of it. */
    static Optional<JobNewsType> of(Happening happening) {
        return switch (happening.kind()) {
            case CREATED -> Optional.of(JOB_CREATED);
            case PROGRESS -> Optional.of(JOB_PROGRESS);
            case STATUS, END -> Optional.of(ofState(happening.job()));
            case LOG -> Optional.empty();
        };
    }

    private static JobNewsType ofState(Job job) {
        return switch (job.state()) {
            case RUNNING -> job.isCancelRequested() ? JOB_UPDATED : JOB_STARTED;
            case RETRYING -> JOB_RETRYING;
            case COMPLETED -> JOB_COMPLETED;
            case CANCELLED -> JOB_CANCELLED;
            case FAILED, TIMED_OUT, EXPIRED, REJECTED -> JOB_FAILED;
            case UNKNOWN, SCHEDULED, QUEUED -> JOB_UPDATED;
        };
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
