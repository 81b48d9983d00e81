package dev.leat.submit.live;

/** Is told what happens. Called by one thread at a time, which tells other listeners as well: it must not block. */
public interface FeedListener {

    /**
     * Takes what happened, in the order of the log of each job.
     *
     * @return whether there was room for it; where there was not, the subscription ends with {@link #cut}
     */
    boolean offer(JobHappening happening);

    /** Everything up to this place has been told, though nothing was to be told of late. Comes now and then. */
    default void reached(LogPosition position) {}

    /**
     * Nothing more is told: the listener was too slow, or the feed ends.
     *
     * @param resumeAt the place up to which everything has been told
     */
    void cut(LogPosition resumeAt);
}
