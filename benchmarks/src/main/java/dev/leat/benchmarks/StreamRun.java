package dev.leat.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Short jobs at a steady rate, and clients that watch all of them. */
final class StreamRun {

    /** Queued, running, completed. */
    private static final int FACTS_OF_A_JOB = 3;
    private static final int WATCHERS = 10;
    private static final String NOOP = """
            {"type":"demo:noop","tags":["benchmark"]}""";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final LeatClient client;
    private final URI events;
    private final int facts;

    /** What one client has been told: how often of each state of each job. */
    private static final class Account {

        private final Map<String, Map<String, Integer>> told = new ConcurrentHashMap<>();
        /** How often it was told to begin anew. */
        private final AtomicInteger resets = new AtomicInteger();

        void add(EventStream.Event event) {
            if (event.name().equals("reset")) {
                resets.incrementAndGet();
                return;
            }
            JsonNode data = read(event);
            told.computeIfAbsent(data.path("jobId").asText(), _ -> new ConcurrentHashMap<>())
                    .merge(data.path("state").asText(), 1, Integer::sum);
        }

        int times(String job, String state) {
            return told.getOrDefault(job, Map.of()).getOrDefault(state, 0);
        }
    }

    StreamRun(HttpClient http, LeatClient client, URI gateway, int facts) {
        this.http = http;
        this.client = client;
        this.events = gateway.resolve("/api/v1/events?type=demo:noop");
        this.facts = facts;
    }

    /** From the time that each fact names to when its event was there, in milliseconds. */
    Collection<Double> measureLatency(Duration time) throws InterruptedException {
        Collection<Double> latencies = new ConcurrentLinkedQueue<>();
        try (EventStream stream = new EventStream(http, events, event -> {
            Instant at = Instant.parse(read(event).path("at").asText());
            latencies.add(Duration.between(at, event.at()).toNanos() / 1e6);
        }).start()) {
            stream.awaitConnected();
            List<String> jobs = submit(time);
            awaitCompleted(jobs);
        }
        return latencies;
    }

    private List<String> submit(Duration time) throws InterruptedException {
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        long period = 1_000_000_000L * FACTS_OF_A_JOB / facts;
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i * period < time.toNanos(); i++) {
                LockSupport.parkNanos(began + i * period - System.nanoTime());
                var _ = threads.submit(() -> jobs.add(client.submit(NOOP)));
            }
        }
        return List.copyOf(jobs);
    }

    private void awaitCompleted(List<String> jobs) throws InterruptedException {
        for (String job : jobs) {
            while (!client.job(job).path("status").asText().equals("completed")) {
                Thread.sleep(20);
            }
        }
    }

    /** Restarts the gateway, every other time by killing it, and says what clients that connect again have missed. */
    boolean countLost(GatewayProcess gateway, int restarts) throws Exception {
        List<Account> accounts = new ArrayList<>();
        List<EventStream> streams = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            Account account = new Account();
            accounts.add(account);
            streams.add(new EventStream(http, events, account::add).start());
        }
        for (EventStream stream : streams) {
            stream.awaitConnected();
        }
        // A client that has no event yet has no place to go on from.
        awaitCompleted(submit(Duration.ofSeconds(2)));
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        Thread submitter = Thread.ofVirtual().start(() -> submitUntil(over, jobs));
        for (int i = 0; i < restarts; i++) {
            Thread.sleep(1_000);
            gateway.restart(i % 2 == 0);
        }
        over.set(true);
        submitter.join();
        awaitCompleted(List.copyOf(jobs));
        return judge(accounts, streams, jobs, restarts);
    }

    private void submitUntil(AtomicBoolean over, Set<String> jobs) {
        try {
            while (!over.get()) {
                jobs.addAll(submit(Duration.ofSeconds(1)));
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but the end of the process.
        }
    }

    private static boolean judge(List<Account> accounts, List<EventStream> streams, Set<String> jobs, int restarts)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Integer> wrong = wrong(accounts, jobs);
        while (wrong.getOrDefault("lost", 0) > 0 && System.nanoTime() < end) {
            Thread.sleep(200);
            wrong = wrong(accounts, jobs);
        }
        System.out.printf("%d restarts of the gateway, %d clients, %d jobs, %d events for each client%n", restarts,
                accounts.size(), jobs.size(), jobs.size() * FACTS_OF_A_JOB);
        System.out.printf("  connections: %d, begun anew: %d, lost: %d, told twice: %d%n",
                streams.stream().mapToInt(EventStream::connections).sum(),
                accounts.stream().mapToInt(account -> account.resets.get()).sum(), wrong.getOrDefault("lost", 0),
                wrong.getOrDefault("twice", 0));
        streams.forEach(EventStream::close);
        return wrong.isEmpty();
    }

    private static Map<String, Integer> wrong(List<Account> accounts, Set<String> jobs) {
        Map<String, Integer> wrong = new TreeMap<>();
        for (Account account : accounts) {
            for (String job : jobs) {
                for (String state : List.of("queued", "running", "completed")) {
                    int times = account.times(job, state);
                    if (times != 1) {
                        wrong.merge(times == 0 ? "lost" : "twice", 1, Integer::sum);
                    }
                }
            }
        }
        return wrong;
    }

    private static JsonNode read(EventStream.Event event) {
        try {
            return JSON.readTree(event.data());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected JSON, but got " + event.data(), e);
        }
    }
}
