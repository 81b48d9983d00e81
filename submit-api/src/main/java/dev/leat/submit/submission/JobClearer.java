package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobId;
import dev.leat.domain.Request;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;

/**
 * Has jobs that have ended forgotten before their time: goes through the projectors' list page by page and writes a
 * request for each job. Jobs that a projector has not forgotten yet may be asked for twice, which changes nothing.
 * Thread-safe; callers block.
 */
public final class JobClearer {

    private static final Logger LOG = LoggerFactory.getLogger(JobClearer.class);

    private final ProjectorClient projectors;
    private final JobLog log;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Limits limits;

    /**
     * How much one call does.
     *
     * @param page how many jobs are written at once
     * @param jobs how many at most, a multiple of {@code page}
     * @param time after which no other page is begun
     */
    public record Limits(int page, int jobs, Duration time) {

        public static final Limits DEFAULT = new Limits(500, 100_000, Duration.ofSeconds(20));
    }

    /**
     * What a call has done.
     *
     * @param cleared how many jobs are asked to be forgotten
     * @param more whether there are, or may be, others
     */
    public record Cleared(int cleared, boolean more) {}

    /** One page of the list. */
    private record Page(List<JobId> jobs, Optional<String> nextCursor) {}

    /** @param json the JSON of Leat */
    public JobClearer(ProjectorClient projectors, JobLog log, ObjectMapper json, InstantSource clock, Limits limits) {
        this.projectors = projectors;
        this.log = log;
        this.json = json;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Clears jobs, newest first. A fault on the way ends it early, with {@code more}.
     *
     * @param filter of the list, as a query from the question mark on; lets only jobs through that have ended
     * @throws ProblemException where nothing could be done at all
     */
    public Cleared clear(String filter) {
        long deadline = System.nanoTime() + limits.time().toNanos();
        AtomicInteger cleared = new AtomicInteger();
        try {
            Optional<String> cursor = Optional.empty();
            do {
                Page page = page(filter, cursor);
                forget(page.jobs(), cleared);
                cursor = page.nextCursor();
            } while (cursor.isPresent() && cleared.get() < limits.jobs() && System.nanoTime() < deadline);
            return new Cleared(cleared.get(), cursor.isPresent());
        } catch (ProblemException fault) {
            if (cleared.get() == 0) {
                throw fault;
            }
            LOG.warn("Expected to clear all jobs of {}, but after {}: {}", filter, cleared, fault.getMessage());
            return new Cleared(cleared.get(), true);
        }
    }

    private Page page(String filter, Optional<String> cursor) {
        ProjectorAnswer answer = projectors.get("/internal/v1/jobs" + filter + "&limit=" + limits.page()
                + cursor.map(at -> "&cursor=" + URLEncoder.encode(at, StandardCharsets.UTF_8)).orElse(""));
        if (!answer.isFound()) {
            throw new IllegalStateException("Expected a list of jobs for " + filter + ", but got " + answer.status());
        }
        try {
            JsonNode page = json.readTree(answer.body());
            List<JobId> jobs = new ArrayList<>();
            page.path("jobs").forEach(job -> jobs.add(JobId.parse(job.path("id").asText())));
            return new Page(jobs, Optional.ofNullable(page.path("nextCursor").textValue()));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a list of the projector, but cannot read it", e);
        }
    }

    /** Writes all requests at once, as each waits for its acknowledgement. */
    private void forget(List<JobId> jobs, AtomicInteger cleared) {
        Request.Forget request = new Request.Forget(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        List<Callable<Integer>> writes = jobs.stream().<Callable<Integer>>map(job -> () -> {
            log.forget(job, request);
            return cleared.incrementAndGet();
        }).toList();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> write : writers.invokeAll(writes)) {
                var _ = write.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected to wait for acknowledgements, but was interrupted", e);
        }
    }
}
