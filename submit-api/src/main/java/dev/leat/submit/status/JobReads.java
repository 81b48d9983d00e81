package dev.leat.submit.status;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.runtime.http.ProblemException;

/**
 * Asks the projectors for jobs. Where somebody wants to wait for a job's end, the projector that has the job holds its
 * answer back, so that it comes as soon as the job has ended; where that projector goes away meanwhile, all are asked
 * again for as long as the wait lasts. Thread-safe; callers block, so they run on virtual threads.
 */
public final class JobReads implements AutoCloseable {

    private static final String JOBS = "/internal/v1/jobs";
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

    private final ProjectorClient projectors;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * What an answer about a job is to know.
     *
     * @param position where the record stands that must have been seen
     * @param untilEnded how long to wait for the end of the job, at most; zero for the job as it is
     */
    public record Moment(Optional<CommandPosition> position, Duration untilEnded) {

        /** As the query for a projector, when only a part of the wait is left. */
        private String query(Duration left) {
            String at = position
                    .map(known -> "?position=" + URLEncoder.encode(known.toString(), StandardCharsets.UTF_8))
                    .orElse("");
            return left.isZero() ? at : at + (at.isEmpty() ? "?" : "&") + "until=ended&wait=" + left.toMillis();
        }
    }

    public JobReads(ProjectorClient projectors) {
        this.projectors = projectors;
    }

    /**
     * The job, or why there is none to show.
     *
     * @throws ProblemException 503 where no projector answers, also not at the end of the wait
     */
    public ProjectorAnswer job(JobId id, Moment moment) {
        return ask(JOBS + "/" + id, moment);
    }

    /**
     * The job's result, or why there is none.
     *
     * @throws ProblemException 503 where no projector answers, also not at the end of the wait
     */
    public ProjectorAnswer result(JobId id, Moment moment) {
        return ask(JOBS + "/" + id + "/result", moment);
    }

    /**
     * What was submitted as a job that has ended, for who wants to submit it again; or why there is none to have.
     *
     * @throws ProblemException 503 where no projector answers
     */
    public ProjectorAnswer submission(JobId id, Optional<CommandPosition> position) {
        return projectors
                .get(JOBS + "/" + id + "/submission" + new Moment(position, Duration.ZERO).query(Duration.ZERO));
    }

    /**
     * The job's log, or why there is none to show.
     *
     * @param attempt whose lines to show; empty for those of all
     * @throws ProblemException 503 where no projector answers
     */
    public ProjectorAnswer log(JobId id, Optional<CommandPosition> position, Optional<Integer> attempt) {
        String query = new Moment(position, Duration.ZERO).query(Duration.ZERO);
        return projectors.get(JOBS + "/" + id + "/log" + query
                + attempt.map(number -> (query.isEmpty() ? "?" : "&") + "attempt=" + number).orElse(""));
    }

    /**
     * A page of jobs.
     *
     * @param query the filters, from the question mark on
     * @throws ProblemException 503 where no projector answers
     */
    public ProjectorAnswer page(String query) {
        return projectors.get(JOBS + query);
    }

    private ProjectorAnswer ask(String path, Moment moment) {
        long endOfWait = System.nanoTime() + moment.untilEnded().toNanos();
        while (true) {
            try {
                return projectors.get(left -> path + moment.query(left), left(endOfWait));
            } catch (ProblemException unavailable) {
                if (!pause(unavailable.retryAfter().orElse(DEFAULT_PAUSE), left(endOfWait))) {
                    throw unavailable;
                }
            }
        }
    }

    /** Whether there was time left to wait, so that it makes sense to ask again. */
    private boolean pause(Duration wanted, Duration left) {
        try {
            Duration pause = wanted.compareTo(left) < 0 ? wanted : left;
            return !left.isZero() && !closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Sends those away who wait for a projector to come back. */
    @Override
    public void close() {
        closed.countDown();
    }
}
