package dev.leat.submit.status;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The projectors in the order in which to ask them: each request begins with another one, and those that failed a moment
 * ago come last, so that a dead one costs a request now and then, and not each one. Thread-safe.
 */
final class Projectors {

    /** How long one that failed comes last. */
    static final Duration SUSPICION = Duration.ofSeconds(2);

    private final List<URI> all;
    private final InstantSource clock;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<URI, Instant> failedAt = new ConcurrentHashMap<>();

    Projectors(List<URI> all, InstantSource clock) {
        this.all = List.copyOf(all);
        this.clock = clock;
    }

    List<URI> inOrder() {
        int first = Math.floorMod(next.getAndIncrement(), all.size());
        List<URI> rotated = IntStream.range(0, all.size()).mapToObj(i -> all.get((first + i) % all.size())).toList();
        Instant now = clock.instant();
        return Stream.concat(rotated.stream().filter(uri -> !isSuspect(uri, now)),
                rotated.stream().filter(uri -> isSuspect(uri, now))).toList();
    }

    void failed(URI projector) {
        failedAt.put(projector, clock.instant());
    }

    void answered(URI projector) {
        failedAt.remove(projector);
    }

    /** Each projector, and whether the last that was heard of it was an answer. */
    Map<URI, Boolean> answering() {
        Map<URI, Boolean> answering = new LinkedHashMap<>();
        all.forEach(uri -> answering.put(uri, !failedAt.containsKey(uri)));
        return answering;
    }

    private boolean isSuspect(URI projector, Instant now) {
        Instant failure = failedAt.get(projector);
        return failure != null && failure.isAfter(now.minus(SUSPICION));
    }
}
