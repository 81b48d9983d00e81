package dev.leat.plugins.demo.fetch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * The fetch of one URL, redirects included. Runs once, on a virtual thread of its own: to interrupt that thread is to
 * end the fetch, wherever it is, and what came until then is told all the same.
 */
final class Fetch implements Callable<FetchedUrl> {

    private final String url;
    private final Connector connector;
    private final FetchLimits limits;
    private final InstantSource clock;
    private final BodyMeter body;
    private OptionalInt status = OptionalInt.empty();

    Fetch(String url, Connector connector, FetchLimits limits, InstantSource clock) {
        this.url = url;
        this.connector = connector;
        this.limits = limits;
        this.clock = clock;
        this.body = new BodyMeter(limits.bytes());
    }

    @Override
    public FetchedUrl call() {
        Instant start = clock.instant();
        Optional<String> error = attempt();
        long duration = Duration.between(start, clock.instant()).toMillis();
        return new FetchedUrl(url, status, body.size(), body.truncated(), duration, error);
    }

    private Optional<String> attempt() {
        try {
            follow();
            return Optional.empty();
        } catch (InterruptedException e) {
            return Optional.of(late());
        } catch (IOException e) {
            // A socket of an interrupted virtual thread says only that it was closed.
            return Optional.of(Thread.currentThread().isInterrupted() ? late() : reason(e));
        }
    }

    private void follow() throws IOException, InterruptedException {
        Optional<Target> next = Optional.of(Target.of(url));
        for (int hop = 0; next.isPresent(); hop++) {
            if (hop > limits.redirects()) {
                throw new FetchException("Expected at most %d redirects, but there is one more to '%s'"
                        .formatted(limits.redirects(), next.get().url()));
            }
            next = visit(next.get());
        }
    }

    /** Visits one place, and gives the next if that is where it sends on. */
    private Optional<Target> visit(Target target) throws IOException, InterruptedException {
        try (Connection connection = connector.connect(target)) {
            ResponseStream answer = new ResponseStream(connection.send(target.request()));
            ResponseHead head = ResponseHead.read(answer);
            status = OptionalInt.of(head.status());
            Optional<String> redirect = head.redirect();
            if (redirect.isPresent()) {
                return Optional.of(target.redirected(redirect.get()));
            }
            body.measure(head, answer);
            return Optional.empty();
        }
    }

    private String late() {
        return "Expected all of it within %s s, but it took longer".formatted(limits.time().toMillis() / 1000.0);
    }

    private static String reason(IOException e) {
        return e instanceof FetchException
                ? String.valueOf(e.getMessage())
                : "Expected an answer, but: %s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
}
