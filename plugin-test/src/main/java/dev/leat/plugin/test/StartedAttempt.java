package dev.leat.plugin.test;

import dev.leat.plugin.JobOutcome;
import dev.leat.worker.plugin.BoundJob;
import dev.leat.worker.plugin.RecordJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An attempt whose handler runs on a virtual thread of its own, as in a worker; a second thread tells it to stop when it
 * is time. Both end with it. Thread-safe.
 */
public final class StartedAttempt {

    private final String type;
    private final AttemptTerms terms;
    private final AttemptStop stop;
    private final AttemptRecorder recorder;
    private final CompletableFuture<JobOutcome<?>> returned = new CompletableFuture<>();
    private final CompletableFuture<TestedAttempt> end = new CompletableFuture<>();

    /** What makes the job ready; gets where to leave what the handler returns. */
    @FunctionalInterface
    interface Binder {
        BoundJob bind(CompletableFuture<JobOutcome<?>> returned);
    }

    private StartedAttempt(String type, RecordJson json, AttemptTerms terms) {
        this.type = type;
        this.terms = terms;
        this.stop = new AttemptStop(terms.interrupts());
        this.recorder = new AttemptRecorder(terms, stop, json);
    }

    /** @param json writes and reads what the handler leaves for others */
    static StartedAttempt start(String type, RecordJson json, Binder binder, AttemptTerms terms) {
        StartedAttempt attempt = new StartedAttempt(type, json, terms);
        BoundJob job = binder.bind(attempt.returned);
        if (terms.cancellation() instanceof Cancellation.AtOnce) {
            attempt.stop.raise(AttemptEnd.CANCELLED);
        }
        // A platform thread: handlers that hold all carriers of virtual threads do not keep it from its work.
        Thread.ofPlatform().daemon().name("leat-test-timer").start(attempt::stopInTime);
        Thread.ofVirtual().name("leat-attempt-" + terms.job().id()).start(() -> attempt.run(job));
        return attempt;
    }

    private void stopInTime() {
        Optional<Duration> cancelledAfter = terms.cancellation() instanceof Cancellation.After(Duration time)
                && time.compareTo(terms.timeout()) < 0 ? Optional.of(time) : Optional.empty();
        try {
            var _ = end.get(cancelledAfter.orElse(terms.timeout()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            stop.raise(cancelledAfter.isPresent() ? AttemptEnd.CANCELLED : AttemptEnd.TIMED_OUT);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("Expected nobody to disturb a timer", e);
        }
    }

    private void run(BoundJob job) {
        terms.rendezvous().meet();
        TestedAttempt.Ending ending = new HandlerCall(job, terms.job(), recorder, stop, returned).make();
        recorder.transcript().close();
        end.complete(new TestedAttempt(type, ending, recorder));
    }

    /** Cancels it, as somebody who cancels its job. May be called again, and after the end. */
    public void cancel() {
        stop.raise(AttemptEnd.CANCELLED);
    }

    /** The reports of progress so far. */
    public List<ProgressReport> progress() {
        return recorder.transcript().said().progress();
    }

    /**
     * Waits until the handler has reported progress that often.
     *
     * @throws AssertionError if it ends before, or does not within its timeout
     */
    public void awaitProgress(int reports) {
        if (!hasReported(reports, terms.timeout())) {
            throw new AssertionError("Expected %d reports of progress from %s, but there were %d; %s"
                    .formatted(reports, type, progress().size(), state()));
        }
    }

    /** Whether it reports progress that often before it ends and before the time is over. */
    boolean hasReported(int reports, Duration patience) {
        try {
            return recorder.transcript().awaitReports(reports, patience);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Whether the handler has ended. */
    public boolean hasEnded() {
        // Who waits for progress is woken by the end of the recording, a moment before the rest is known.
        return recorder.transcript().isClosed();
    }

    /**
     * Waits for the end of the handler, however it ends.
     *
     * @throws AssertionError if it does not end within its grace time after it was told to stop
     */
    public TestedAttempt await() {
        try {
            var _ = CompletableFuture.anyOf(end, stop.reason()).get();
            return end.get(terms.grace().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Expected the handler of %s to end within %s after it was told to stop, but %s"
                    .formatted(type, terms.grace(), state()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new AssertionError("Expected an attempt to end by itself", e);
        }
    }

    private String state() {
        return hasEnded() ? "it ended: " + end.join() : "it still runs:" + stop.stack();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Expected to wait for the handler, but the test was interrupted", e);
    }
}
