package dev.leat.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads server-sent events as a browser does, but comes back only where its test makes another one. Thread-safe; a thread
 * of its own reads.
 */
public final class EventSource implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpResponse<InputStream> response;
    /** All guarded by this. */
    private final List<Event> events = new ArrayList<>();
    private String lastId = "";
    private int heartbeats;
    private boolean ended;

    /** An event; {@code id} is the last one that came with it or before it. */
    public record Event(String name, String id, String data) {

        /** What it says, without where it stands. */
        public String said() {
            return name + " " + data;
        }
    }

    private EventSource(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** Connects; fails where the answer is not a stream. */
    public static EventSource open(URI uri, Optional<String> lastEventId) {
        HttpResponse<InputStream> response = get(uri, lastEventId);
        if (response.statusCode() != 200
                || !response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
            throw new AssertionError("Expected a stream of " + uri + ", but got " + response + " "
                    + response.headers().map());
        }
        EventSource source = new EventSource(response);
        Thread.ofVirtual().start(source::read);
        return source;
    }

    /** The answer, be it a stream or not. */
    public static HttpResponse<InputStream> get(URI uri, Optional<String> lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected an answer of " + uri + ", but: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            List<String> block = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                block.add(line);
                if (line.isEmpty()) {
                    take(block);
                    block.clear();
                }
            }
        } catch (IOException connectionGone) {
            // As when a server stops: what has come whole is kept.
        } finally {
            end();
        }
    }

    private synchronized void take(List<String> block) {
        Optional<String> data = field("data: ", block);
        lastId = field("id: ", block).orElse(lastId);
        heartbeats += (int) block.stream().filter(line -> line.startsWith(":")).count();
        data.ifPresent(text -> events.add(new Event(field("event: ", block).orElse("message"), lastId, text)));
        notifyAll();
    }

    private static Optional<String> field(String name, List<String> block) {
        return block.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** What its events say, without where they stand. */
    public List<String> said() {
        return events().stream().map(Event::said).toList();
    }

    public List<String> names() {
        return events().stream().map(Event::name).toList();
    }

    /** The id from which to go on. */
    public synchronized String lastId() {
        return lastId;
    }

    /** How many signs of life have come. */
    public synchronized int heartbeats() {
        return heartbeats;
    }

    /** Waits until at least so many events have come. */
    public EventSource awaitEvents(int count) {
        await(() -> events.size() >= count, count + " events");
        return this;
    }

    /** Waits until the server has ended the stream, or the connection is gone. */
    public EventSource awaitEnd() {
        await(() -> ended, "the end");
        return this;
    }

    private synchronized void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("Expected " + what + " within " + PATIENCE + ", but got " + events);
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException alreadyGone) {
            // It is closed either way.
        }
    }
}
