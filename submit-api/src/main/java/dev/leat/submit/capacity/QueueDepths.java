package dev.leat.submit.capacity;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.capacity.QueueLimits.Verdict;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;

/**
 * Keeps the queues within their limits, as well as that can be known: about once a second it asks the projectors how many
 * jobs wait, and in between it adds what this instance has accepted. What other instances have accepted in the last
 * moment is not known here, nor what the projectors have not folded yet, so the limits hold about, not exactly.
 *
 * <p>What it knows of the lanes is also there to be shown.
 *
 * <p>Figures older than {@link #TRUST} refuse nobody: an outage of the projectors must not become one of submissions, and
 * jobs run meanwhile, so that a queue that was full drains unseen.
 *
 * <p>One virtual thread asks, from {@link #start} to {@link #close}; {@link #admit} is for any thread and does not wait
 * for it.
 */
public final class QueueDepths implements AutoCloseable {

    /** How long figures count where no newer ones can be had. */
    static final Duration TRUST = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(QueueDepths.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ProjectorClient projectors;
    private final ObjectMapper json;
    private final QueueLimits limits;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("leat-api-queue-depths").unstarted(this::run);
    /** Guarded by this. */
    private Optional<Figures> figures = Optional.empty();
    /** Guarded by this. Accepted here since the figures were asked for. */
    private WaitingJobs since = WaitingJobs.NONE;
    /** Guarded by this. Accepted here since newer ones were asked for, which have not come yet. */
    private WaitingJobs sinceAsked = WaitingJobs.NONE;
    /** Owned by whoever refreshes, as is the next. */
    private Instant answeredAt;
    private boolean blind;

    /** What the projectors said, and when they were asked. */
    private record Figures(WaitingJobs waiting, LaneDepths lanes, Instant at) {}

    /** @param projectors for this alone, as one that cannot count all jobs may well show one; closed by {@link #close} */
    public QueueDepths(ProjectorClient projectors, ObjectMapper json, QueueLimits limits, InstantSource clock) {
        this.projectors = projectors;
        this.json = json;
        this.limits = limits;
        this.clock = clock;
        this.answeredAt = clock.instant();
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    /**
     * Lets one more job of the plugin in, and counts it.
     *
     * @throws ProblemException where as many wait as may
     */
    public void admit(String plugin) {
        admitAll(Map.of(plugin, 1));
    }

    /**
     * Lets so many more jobs of each plugin in, and counts them.
     *
     * @throws ProblemException where there is no room for all of them; none is counted then
     */
    public synchronized void admitAll(Map<String, Integer> jobs) {
        Verdict verdict = trusted().map(last -> limits.judge(jobs, last.waiting(), since))
                .orElseGet(Verdict.Admitted::new);
        switch (verdict) {
            case Verdict.Admitted() -> {
                since = since.and(jobs);
                sinceAsked = sinceAsked.and(jobs);
            }
            case Verdict.PluginFull(String full, long queued, long limit) ->
                throw ApiProblems.pluginQueueFull(full, queued, limit);
            case Verdict.Full(long queued, long limit) -> throw ApiProblems.queueFull(queued, limit);
        }
    }

    /** How full the lanes are, as of about a second ago; empty where no projector has said for {@link #TRUST}. */
    public synchronized Optional<LaneDepths> lanes() {
        return trusted().map(Figures::lanes);
    }

    private synchronized Optional<Figures> trusted() {
        Instant oldest = clock.instant().minus(TRUST);
        return figures.filter(last -> last.at().isAfter(oldest));
    }

    private void run() {
        try {
            do {
                refresh();
            } while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody has this thread but this class, which ends here.
        }
    }

    /** Asks once. For one thread at a time. */
    void refresh() {
        Instant asked = beginAsking();
        try {
            ProjectorAnswer answer = projectors.get("/internal/v1/stats");
            JsonNode stats = json.readTree(answer.body());
            WaitingJobs.of(stats)
                    .ifPresentOrElse(jobs -> take(new Figures(jobs, LaneDepths.of(stats), asked)),
                            () -> passOver("status " + answer.status()));
        } catch (ProblemException | IOException e) {
            passOver(String.valueOf(e.getMessage()));
        }
    }

    private synchronized Instant beginAsking() {
        sinceAsked = WaitingJobs.NONE;
        return clock.instant();
    }

    private void take(Figures newer) {
        synchronized (this) {
            figures = Optional.of(newer);
            since = sinceAsked;
        }
        answeredAt = newer.at();
        if (blind) {
            LOG.info("The projectors count jobs again: the limits of queues hold");
        }
        blind = false;
    }

    private void passOver(String why) {
        if (!blind && answeredAt.isBefore(clock.instant().minus(TRUST))) {
            LOG.warn("Expected the projectors to count the jobs that wait, but for {} none has: {}; until one does, the"
                    + " limits of queues do not hold", TRUST, why);
            blind = true;
        }
    }

    /** Ends the asking; does nothing where it has ended. */
    @Override
    public void close() {
        stopped.countDown();
        projectors.close();
    }
}
