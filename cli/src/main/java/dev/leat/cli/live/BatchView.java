package dev.leat.cli.live;

import java.time.Instant;

/** How a batch that is followed is shown. Used by one thread, which closes it. */
public interface BatchView extends AutoCloseable {

    /** Something about the batch has changed, or time has passed. */
    void show(FollowedBatch batch, Instant now);

    /** Says something that stays. */
    void say(String line);

    @Override
    void close();
}
