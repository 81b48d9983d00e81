package dev.leat.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Three figures of the event streams of one gateway that has a process of its own: how long after a fact its event is
 * there, what thousands of clients cost, and how many events are lost while the gateway is restarted again and again.
 *
 * <p>Times of facts are on the clocks of API and worker, times of events on the one here: all on one machine.
 */
@Command(name = "live-streams", mixinStandardHelpOptions = true, description = "Measures event streams: latency, cost of clients, events lost over restarts.")
public final class LiveStreams implements Callable<Integer> {

    @Option(names = "--server", defaultValue = "http://127.0.0.1:8080", description = "Where jobs are submitted.")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(names = "--gateway", required = true, description = "Where the watched gateway answers.")
    private URI gateway = URI.create("http://127.0.0.1:8090");

    @Option(names = "--log", required = true, description = "Where the gateway's output goes.")
    private Path log = Path.of("gateway.log");

    @Option(names = "--facts", defaultValue = "100", description = "Facts a second.")
    private int facts;

    @Option(names = "--seconds", defaultValue = "30", description = "How long latency and cost are measured.")
    private int seconds;

    @Option(names = "--clients", defaultValue = "2000", description = "How many clients there are at once.")
    private int clients;

    @Option(names = "--restarts", defaultValue = "50", description = "How often the gateway is restarted.")
    private int restarts;

    @Parameters(description = "The command that starts the gateway.")
    private List<String> command = List.of();

    /** Runs the benchmark and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LiveStreams()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                LeatClient client = new LeatClient(server);
                GatewayProcess process = new GatewayProcess(command, gateway, log)) {
            StreamRun run = new StreamRun(http, client, gateway, facts);
            run.measureLatency(Duration.ofSeconds(10)); // The first events load classes.
            System.out.printf("latency from fact to event at %d facts/s for %d s%n  %s%n", facts, seconds,
                    Percentiles.of(run.measureLatency(Duration.ofSeconds(seconds))));
            new ClientCost(http, client, process, gateway).measure(clients, Duration.ofSeconds(seconds));
            boolean complete = run.countLost(process, restarts);
            http.shutdownNow();
            return complete ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
