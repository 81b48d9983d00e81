package dev.leat.cli.live;

import java.time.Instant;

/** How a job that is followed is shown. Used by one thread, which closes it. */
public interface JobView extends AutoCloseable {

    /** Something about the job has changed, or time has passed. */
    void show(FollowedJob job, Instant now);

    /** Says something that stays: a line of the job's log, a lost connection. */
    void say(String line);

    @Override
    void close();
}
