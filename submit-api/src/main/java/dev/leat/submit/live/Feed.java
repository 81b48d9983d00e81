package dev.leat.submit.live;

import java.util.Optional;

import dev.leat.runtime.http.ProblemException;

/**
 * Everything that happens to jobs, from one reader of the log for all who watch. Reads nothing while nobody watches.
 *
 * <p>A happening is told if and only if its fact counts: it is one of those that made the job what it is. Late facts of
 * a claim that was lost are not told, nor is anything told twice. Thread-safe; callers block, so they run on virtual
 * threads.
 */
public interface Feed {

    /**
     * Tells the listener of what matches.
     *
     * @param since the place to go on from; empty to begin with what comes next
     * @throws PositionGoneException where what came after that place is no longer in the log, or is too much to read again
     * @throws ProblemException 503 where Kafka or the projectors do not answer
     */
    Subscription watchAll(FeedFilter filter, Optional<LogPosition> since, FeedListener listener)
            throws PositionGoneException;

    /**
     * A place up to which everything shows in what the projectors say from now on. Take it first, then ask for a list of
     * jobs, then watch from it: nothing is missed; what the list has already may be told again.
     *
     * @throws ProblemException 503 where no projector answers
     */
    LogPosition shown();
}
