package dev.leat.cli.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.leat.cli.CommandFailedException;

/**
 * A stream of server-sent events that outlives its connections: where one is lost, the next one resumes behind the last event
 * ({@code Last-Event-ID}). One thread reads; {@link #next} is for one other thread, which closes the stream.
 */
public final class EventStream implements AutoCloseable {

    /** So much may wait for the follower; then the server is left waiting. */
    private static final int QUEUE = 256;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    /** After this long without a connection the user is told that there is no server any more. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the reading thread hands over: a signal, or why it has ended. */
    private record Handed(Signal signal, @Nullable CommandFailedException failure) {}

    private final ApiClient api;
    private final Query query;
    private final BlockingQueue<Handed> handed = new ArrayBlockingQueue<>(QUEUE);
    private final SseParser parser = new SseParser();
    private final Thread reader;

    private EventStream(ApiClient api, Query query) {
        this.api = api;
        this.query = query;
        this.reader = Thread.ofVirtual().name("leat-events").unstarted(this::read);
    }

    /** Begins to read. */
    public static EventStream open(ApiClient api, Query query) {
        EventStream stream = new EventStream(api, query);
        stream.reader.start();
        return stream;
    }

    /**
     * The next signal.
     *
     * @param wait after how long without any to come back with {@link Signal.Silence}
     * @throws CommandFailedException if the server refuses the stream, or cannot be reached at all
     */
    public Signal next(Duration wait) throws InterruptedException {
        Handed next = handed.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            return new Signal.Silence();
        }
        if (next.failure() != null) {
            throw next.failure();
        }
        return next.signal();
    }

    private void read() {
        try {
            connectAgainAndAgain();
        } catch (CommandFailedException failure) {
            tell(failure);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(CommandFailedException failure) {
        try {
            handed.put(new Handed(new Signal.Over(), failure));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectAgainAndAgain() throws InterruptedException {
        boolean connected = false;
        long heard = System.nanoTime();
        for (int failures = 0;; failures++) {
            String why = "the server closed it";
            try {
                if (!connection()) {
                    hand(new Signal.Over());
                    return;
                }
                connected = true;
                heard = System.nanoTime();
                failures = 0;
            } catch (IOException away) {
                if (!connected || System.nanoTime() - heard > PATIENCE.toNanos()) {
                    throw ServerUnreachableException.of(api.server(), away);
                }
                why = "the server does not answer";
            }
            pause(why, failures);
        }
    }

    private void pause(String why, int failures) throws InterruptedException {
        Duration retry = parser.retry().multipliedBy(1L << Math.min(failures, 10));
        Duration bounded = retry.compareTo(LONGEST_RETRY) < 0 ? retry : LONGEST_RETRY;
        hand(new Signal.Lost(why, bounded));
        Thread.sleep(bounded);
    }

    /** Reads one connection to its end; false if the server says that there is nothing more. */
    private boolean connection() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = api.events(query,
                parser.lastId().isEmpty() ? Map.of() : Map.of("Last-Event-ID", parser.lastId()));
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() == 204) {
                return false;
            }
            requireStream(response, lines);
            if (!readAll(lines)) {
                throw new IOException("the server has nothing to tell yet");
            }
        } catch (UncheckedIOException broken) {
            // The connection broke in the middle, which is no other than its end.
        }
        return true;
    }

    /** Whether there was more in it than when to come back. */
    private boolean readAll(Stream<String> lines) throws InterruptedException {
        boolean heard = false;
        parser.reconnected();
        for (Iterator<String> each = lines.iterator(); each.hasNext();) {
            String line = each.next();
            heard = heard || !(line.isEmpty() || line.startsWith("retry:"));
            var event = parser.accept(line);
            if (event.isPresent()) {
                hand(new Signal.Happened(event.get()));
            }
        }
        return heard;
    }

    private void requireStream(HttpResponse<?> response, Stream<String> lines) throws IOException {
        if (response.statusCode() == 503) {
            throw new IOException("the server cannot answer yet");
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
            api.answer(response, lines.collect(Collectors.joining("\n")));
            throw ServerUnreachableException.notLeat(api.server(), response.statusCode(), type);
        }
    }

    private void hand(Signal signal) throws InterruptedException {
        handed.put(new Handed(signal, null));
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
