package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A job on a virtual thread of its own, as a worker runs it. */
public final class RunningJob {

    /** Far less than the jobs of the tests would go on for. */
    private static final Duration PROMPT = Duration.ofSeconds(3);

    private final CountDownLatch reported = new CountDownLatch(1);
    private final RecordingContext context = new RecordingContext(_ -> reported.countDown());
    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final Thread thread;

    private <I extends Record, R> RunningJob(JobHandler<I, R> handler, I input) {
        this.thread = Thread.ofVirtual().unstarted(() -> {
            try {
                end.complete(handler.run(input, context));
            } catch (Throwable e) {
                end.complete(e);
            }
        });
    }

    /** Starts a job, and waits for its first report of progress. */
    public static <I extends Record, R> RunningJob inMidRun(JobHandler<I, R> handler, I input)
            throws InterruptedException {
        RunningJob job = new RunningJob(handler, input);
        job.thread.start();
        assertThat(job.reported.await(30, TimeUnit.SECONDS)).as("the job reports progress").isTrue();
        assertThat(job.end).isNotDone();
        return job;
    }

    /** Cancels the job as a worker does, waits for the prompt end, and gives what was returned or thrown. */
    public Object cancel() throws InterruptedException {
        context.cancelQuietly();
        thread.interrupt();
        assertThat(thread.join(PROMPT)).as("the job ends within %s", PROMPT).isTrue();
        return end.join();
    }
}
