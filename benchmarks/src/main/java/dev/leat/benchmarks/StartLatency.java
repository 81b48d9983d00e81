package dev.leat.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * How long no-op jobs take at a steady rate, in milliseconds.
 *
 * @param toStart from the submission by the client's clock to the start by the worker's: both are to run on one machine
 * @param toCompletion from the submission until the client sees that the job has ended
 */
record StartLatency(Percentiles toStart, Percentiles toCompletion) {

    static final String NOOP = """
            {"type":"demo:noop","tags":["benchmark"]}""";
    private static final Duration POLL = Duration.ofMillis(2);

    /** Submits so many jobs a second for so long, and follows each to its end. */
    static StartLatency measure(LeatClient client, int rate, int seconds)
            throws InterruptedException, ExecutionException {
        Collection<Double> toStart = new ConcurrentLinkedQueue<>();
        Collection<Double> toCompletion = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Collection<Future<?>> running = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < rate * seconds; i++) {
                LockSupport.parkNanos(began + i * 1_000_000_000L / rate - System.nanoTime());
                running.add(threads.submit(() -> {
                    follow(client, toStart, toCompletion);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return new StartLatency(Percentiles.of(toStart), Percentiles.of(toCompletion));
    }

    private static void follow(LeatClient client, Collection<Double> toStart, Collection<Double> toCompletion)
            throws InterruptedException {
        Instant submitted = Instant.now();
        long began = System.nanoTime();
        String id = client.submit(NOOP);
        JsonNode job = client.job(id);
        while (!job.path("status").asText().equals("completed")) {
            Thread.sleep(POLL);
            job = client.job(id);
        }
        toCompletion.add((System.nanoTime() - began) / 1e6);
        toStart.add(Duration.between(submitted, Instant.parse(job.path("startedAt").asText())).toNanos() / 1e6);
    }
}
