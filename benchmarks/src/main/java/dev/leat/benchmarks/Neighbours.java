package dev.leat.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
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
 * What a plugin does to the others on its workers that floods its lanes, whose handlers hang, or whose handlers crash: how
 * long jobs of another plugin wait for their start without it and beside it.
 */
@Command(name = "neighbours", mixinStandardHelpOptions = true, description = "Measures how long jobs of one plugin wait for their start, alone and beside another plugin.")
public final class Neighbours implements Callable<Integer> {

    private static final String PLUGIN = "neighbour";
    private static final Duration POLL = Duration.ofMillis(100);

    /** What the other plugin does. */
    enum Conduct {
        /** Its jobs take a tenth of a second each, and many of them are queued. */
        FLOODING("work"),
        /** All of its attempts hang. */
        HANGING("hang"),
        /** Each of its attempts throws an {@code Error} at once, those of a JVM without memory or classes among them. */
        CRASHING("crash");

        private final String type;

        Conduct(String type) {
            this.type = type;
        }
    }

    @Option(names = "--server", defaultValue = "http://127.0.0.1:8080", description = "Where the API answers.")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(names = "--neighbour", required = true, description = "What the other plugin does: flooding, hanging or crashing.")
    private Conduct neighbour = Conduct.FLOODING;

    @Option(names = "--rate", defaultValue = "50", description = "Jobs a second while latency is measured.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long latency is measured, each time.")
    private int seconds;

    @Option(names = "--jobs", defaultValue = "100000", description = "How many jobs of the other plugin are queued before it is let loose.")
    private int jobs;

    @Option(names = "--clients", defaultValue = "64", description = "How many of them are submitted at a time.")
    private int clients;

    /** Runs the benchmark and ends the process. */
    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Neighbours()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (LeatClient client = new LeatClient(server)) {
            submit(client, StartLatency.NOOP, 2_000);
            awaitOpen(client, 0);
            StartLatency alone = StartLatency.measure(client, rate, seconds);
            client.pause(PLUGIN);
            submit(client, "{\"type\":\"" + PLUGIN + ":" + neighbour.type + "\"}", jobs);
            awaitOpen(client, jobs);
            // The measuring begins with what has gone cold meanwhile, and the queue in its full length.
            client.resume(PLUGIN);
            StartLatency beside = StartLatency.measure(client, rate, seconds);
            report(alone, beside, client.openJobs());
        }
        return ExitCode.OK;
    }

    private void report(StartLatency alone, StartLatency beside, long open) {
        System.out.printf("submit to start of another plugin's jobs, %d a second for %d s%n", rate, seconds);
        System.out.println("  alone:              " + alone.toStart());
        System.out.printf("  beside %-12s %s%n", neighbour.name().toLowerCase(Locale.ROOT) + ":",
                beside.toStart());
        System.out.printf("  ratio:              p50 %.2f, p99 %.2f%n", beside.toStart().p50() / alone.toStart().p50(),
                beside.toStart().p99() / alone.toStart().p99());
        System.out.printf("  jobs of the neighbour that had not ended then: %d of %d%n", open, jobs);
    }

    private void submit(LeatClient client, String body, int times) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients, Thread.ofVirtual().factory())) {
            for (Future<?> one : IntStream.range(0, times)
                    .mapToObj(_ -> threads.submit(() -> client.submit(body)))
                    .toList()) {
                one.get();
            }
        }
    }

    /** Until all that was submitted shows, or all that was started has ended. */
    private static void awaitOpen(LeatClient client, long jobs) throws InterruptedException {
        while (client.openJobs() != jobs) {
            Thread.sleep(POLL);
        }
    }
}
