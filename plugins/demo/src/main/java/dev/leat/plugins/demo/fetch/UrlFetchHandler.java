package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Fetches all URLs at the same time. They start together, so one deadline is the deadline of each; at the deadline, and
 * when the job is cancelled, the threads that still fetch are interrupted. None outlives the job.
 */
final class UrlFetchHandler implements JobHandler<UrlFetchInput, UrlFetchResult> {

    private final Connector connector;
    private final FetchLimits limits;

    UrlFetchHandler(Connector connector, FetchLimits limits) {
        this.connector = connector;
        this.limits = limits;
    }

    @Override
    public JobOutcome<UrlFetchResult> run(UrlFetchInput input, JobContext context)
            throws InterruptedException, ExecutionException {
        // Leaving the block waits for all threads, which have nothing left to do or were interrupted.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                return JobOutcome.succeeded(new UrlFetchResult(fetch(input.urls(), threads, context)));
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private List<FetchedUrl> fetch(List<String> urls, ExecutorService threads, JobContext context)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + limits.time().toNanos();
        CompletionService<FetchedUrl> completions = new ExecutorCompletionService<>(threads);
        List<Future<FetchedUrl>> fetches = urls.stream()
                .map(url -> completions.submit(new Fetch(url, connector, limits, context.clock()))).toList();
        for (int done = 1; done <= urls.size(); done++) {
            Future<FetchedUrl> next = completions.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                threads.shutdownNow();
                next = completions.take();
            }
            context.throwIfCancelled();
            FetchedUrl fetched = next.get();
            context.progress(done, urls.size(), "%s: %s".formatted(fetched.url(), fetched.summary()));
        }
        return fetches.stream().map(Future::resultNow).toList();
    }
}
