package dev.leat.worker.run;

import java.time.Duration;

import dev.leat.domain.Checkpoint;
import dev.leat.domain.Fact;
import dev.leat.domain.LogLine;
import dev.leat.domain.Progress;

/**
 * What the handler of one attempt says while it runs: progress and checkpoints, of which the latest counts, at most ten a
 * second each, and log lines, five parcels a second. All of it is out before the attempt's outcome. For any thread; only
 * {@link #close} may block.
 */
final class AttemptReports {

    static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration LOG_INTERVAL = Duration.ofMillis(200);

    private final Reporter<Progress> progress;
    private final Reporter<Checkpoint> checkpoints;
    private final Reporter<LineBuffer> log;

    AttemptReports(ClaimedAttempt attempt, Reporter.Shared shared) {
        this.progress = new Reporter<>(attempt.job(), Throttle.latest(INTERVAL),
                (sequence, latest, at) -> new Fact.AttemptProgressed(attempt.number(), attempt.claim(), sequence,
                        latest, at),
                shared);
        this.checkpoints = new Reporter<>(attempt.job(), Throttle.latest(INTERVAL),
                (sequence, latest, at) -> new Fact.AttemptCheckpointed(attempt.number(), attempt.claim(), sequence,
                        latest, at),
                shared);
        this.log = new Reporter<>(attempt.job(), new Throttle<>(LOG_INTERVAL, LineBuffer::append),
                (sequence, lines, at) -> new Fact.AttemptLogged(attempt.number(), attempt.claim(), sequence,
                        lines.toSend(), at),
                shared);
    }

    void progress(Progress latest) {
        progress.report(latest);
    }

    void checkpoint(Checkpoint latest) {
        checkpoints.report(latest);
    }

    void log(LogLine line) {
        log.report(LineBuffer.of(line));
    }

    /** Hands on what has not been sent, before the outcome, and takes nothing any more. */
    void close() {
        log.close();
        progress.close();
        checkpoints.close();
    }

    /** Takes nothing any more, and need not send what there is. */
    void drop() {
        log.drop();
        progress.drop();
        checkpoints.drop();
    }
}
