package dev.leat.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Many clients that each watch one of a few running jobs, and what they cost the gateway. */
final class ClientCost {

    private static final int JOBS = 20;
    /** Each reports its progress once a second, for longer than anybody watches. */
    private static final String LONG_JOB = """
            {"type":"demo:sleep","params":{"millis":900000,"steps":900},"timeout":"PT30M"}""";

    private final HttpClient http;
    private final LeatClient client;
    private final GatewayProcess process;
    private final URI gateway;

    ClientCost(HttpClient http, LeatClient client, GatewayProcess process, URI gateway) {
        this.http = http;
        this.client = client;
        this.process = process;
        this.gateway = gateway;
    }

    void measure(int clients, Duration time) throws InterruptedException {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(client.submit(LONG_JOB));
        }
        long idle = process.residentMegabytes();
        double idleLoad = load(Duration.ofSeconds(10));
        LongAdder events = new LongAdder();
        List<EventStream> streams = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            streams.add(new EventStream(http, gateway.resolve("/api/v1/jobs/" + jobs.get(i % JOBS) + "/progress"),
                    _ -> events.increment()).start());
        }
        for (EventStream stream : streams) {
            stream.awaitConnected();
        }
        double connected = (System.nanoTime() - began) / 1e9;
        long before = events.sum();
        double load = load(time);
        System.out.printf("%d clients, each with an event a second, connected within %.1f s%n", clients, connected);
        System.out.printf("  events told: %.0f/s%n", (events.sum() - before) / (double) time.toSeconds());
        System.out.printf("  memory of the gateway: %d MB, %d MB without clients%n", process.residentMegabytes(), idle);
        System.out.printf("  processor: %.0f %% of one, %.0f %% without clients%n", load * 100, idleLoad * 100);
        System.out.printf("  connections made again: %d%n",
                streams.stream().mapToInt(EventStream::connections).sum() - clients);
        streams.forEach(EventStream::close);
        for (String job : jobs) {
            client.cancel(job);
        }
    }

    private double load(Duration time) throws InterruptedException {
        Duration before = process.cpu();
        Thread.sleep(time);
        return (double) process.cpu().minus(before).toMillis() / time.toMillis();
    }
}
