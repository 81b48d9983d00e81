package dev.leat.benchmarks;

import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/**
 * Two figures of a running Leat: how long a job takes at a steady rate, and how many no-op jobs a second go through
 * when as many as possible are submitted.
 *
 * <p>The time to the start of a job compares the client's clock with the worker's: both are to run on one machine.
 */
@Command(name = "end-to-end", mixinStandardHelpOptions = true, description = "Measures latency at a steady rate, then throughput of no-op jobs, over HTTP.")
public final class EndToEnd implements Callable<Integer> {

    @Option(names = "--server", defaultValue = "http://127.0.0.1:8080", description = "Where the API answers.")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(names = "--rate", defaultValue = "50", description = "Jobs a second while latency is measured.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "How long latency is measured.")
    private int seconds;

    @Option(names = "--jobs", defaultValue = "20000", description = "How many no-op jobs throughput is measured with.")
    private int jobs;

    @Option(names = "--clients", defaultValue = "64", description = "How many of them are submitted at a time.")
    private int clients;

    /** Runs the benchmark and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EndToEnd()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (LeatClient client = new LeatClient(server)) {
            warmUp(client);
            measureLatency(client);
            measureThroughput(client);
        }
        return ExitCode.OK;
    }

    private void warmUp(LeatClient client) throws Exception {
        inParallel(2_000, () -> client.submit(StartLatency.NOOP));
        awaitCompleted(client, 2_000);
    }

    private void measureLatency(LeatClient client) throws Exception {
        StartLatency latency = StartLatency.measure(client, rate, seconds);
        System.out.printf("latency at %d jobs/s for %d s (%d jobs)%n", rate, seconds, rate * seconds);
        System.out.println("  submit to start:              " + latency.toStart());
        System.out.println("  submit to visible completion: " + latency.toCompletion());
    }

    private void measureThroughput(LeatClient client) throws Exception {
        long before = client.completedJobs();
        long began = System.nanoTime();
        inParallel(jobs, () -> client.submit(StartLatency.NOOP));
        double submitted = (System.nanoTime() - began) / 1e9;
        awaitCompleted(client, before + jobs);
        double completed = (System.nanoTime() - began) / 1e9;
        System.out.printf("throughput of %d no-op jobs from %d clients%n", jobs, clients);
        System.out.printf("  submitted over HTTP: %.0f jobs/s%n", jobs / submitted);
        System.out.printf("  end to end:          %.0f jobs/s%n", jobs / completed);
    }

    private void inParallel(int times, Callable<?> task) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients, Thread.ofVirtual().factory())) {
            for (Future<?> one : IntStream.range(0, times).mapToObj(_ -> threads.submit(task)).toList()) {
                one.get();
            }
        }
    }

    private static void awaitCompleted(LeatClient client, long expected) throws InterruptedException {
        while (client.completedJobs() < expected) {
            Thread.sleep(10);
        }
    }
}
