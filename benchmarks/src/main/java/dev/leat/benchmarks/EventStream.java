package dev.leat.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A client of server-sent events, as browsers have it: it connects, hands on each event, and when the connection ends
 * connects again with the last id. One virtual thread, from {@link #start} to {@link #close}.
 */
final class EventStream implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(200);
    private static final int OK = 200;
    private static final int ENDED = 204;

    private final HttpClient http;
    private final URI url;
    private final Consumer<Event> listener;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private Optional<String> lastId = Optional.empty();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Optional<InputStream> current = Optional.empty();

    /** One event, and when it was there. */
    record Event(String name, String data, Instant at) {}

    EventStream(HttpClient http, URI url, Consumer<Event> listener) {
        this.http = http;
        this.url = url;
        this.listener = listener;
    }

    EventStream start() {
        thread.start();
        return this;
    }

    /** Waits until the server has answered once. */
    void awaitConnected() throws InterruptedException {
        if (!connected.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Expected " + url + " to answer within a minute");
        }
    }

    /** How many times the server has answered. */
    int connections() {
        return connections.get();
    }

    private void run() {
        try {
            do {
                if (!connect()) {
                    return;
                }
            } while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Only this class has the thread, which ends here.
        }
    }

    /** Whether there is any use in connecting again. */
    private boolean connect() throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "text/event-stream");
        lastId.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == OK) {
                    current = Optional.of(body);
                    connections.incrementAndGet();
                    connected.countDown();
                    read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
                }
            }
            return response.statusCode() != ENDED;
        } catch (IOException gone) {
            return true;
        }
    }

    private void read(BufferedReader lines) throws IOException {
        String name = "message";
        String data = "";
        Optional<String> id = lastId;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                // Half an event that a connection ends with is none.
                lastId = id;
                if (!data.isEmpty()) {
                    listener.accept(new Event(name, data, Instant.now()));
                }
                name = "message";
                data = "";
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data += line.substring("data:".length()).strip();
            } else if (line.startsWith("id:")) {
                id = Optional.of(line.substring("id:".length()).strip());
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        current.ifPresent(body -> {
            try {
                body.close();
            } catch (IOException e) {
                // It is over either way.
            }
        });
        thread.interrupt();
    }
}
