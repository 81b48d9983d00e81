package dev.leat.worker.run;

import java.time.Duration;
import java.util.Optional;

import dev.leat.domain.Progress;

/**
 * Thins out the progress of one attempt: reports at least an interval apart, each the latest of its time, one under way
 * at a time, so that nothing piles up while the broker is away; the last one is never left out. Pure; times are {@link
 * System#nanoTime} readings. Not thread-safe.
 */
final class ProgressThrottle {

    /** A report to send; sequences count from 1 without gaps. */
    record Report(long sequence, Progress progress) {}

    private final long interval;
    private Optional<Progress> latest = Optional.empty();
    private boolean scheduled;
    private boolean underWay;
    private long sentAt;
    private long sequence;

    ProgressThrottle(Duration interval) {
        this.interval = interval.toNanos();
    }

    /**
     * Takes what the handler says.
     *
     * @return how long to wait until {@link #take}; empty where it is called anyway
     */
    Optional<Duration> offer(Progress progress, long now) {
        latest = Optional.of(progress);
        return schedule(now);
    }

    /** The last report was answered; returns what {@link #offer} does. */
    Optional<Duration> answered(long now) {
        underWay = false;
        return schedule(now);
    }

    /** What to send now; empty where it has all been sent. */
    Optional<Report> take(long now) {
        scheduled = false;
        Optional<Report> report = latest.map(progress -> new Report(++sequence, progress));
        if (report.isPresent()) {
            latest = Optional.empty();
            underWay = true;
            sentAt = now;
        }
        return report;
    }

    private Optional<Duration> schedule(long now) {
        if (scheduled || underWay || latest.isEmpty()) {
            return Optional.empty();
        }
        scheduled = true;
        return Optional.of(Duration.ofNanos(sequence == 0 ? 0 : Math.max(0, interval - (now - sentAt))));
    }
}
