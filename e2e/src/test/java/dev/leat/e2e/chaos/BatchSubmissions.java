package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import dev.leat.domain.batch.BatchId;

/**
 * Submits batches all the time, some of them invalid, cancels some, has some taken back, and remembers which were
 * acknowledged. What is not answered is not tried again: nobody knows then whether it was accepted. Any thread may ask;
 * started and stopped by one.
 */
final class BatchSubmissions implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final String BATCHES = "/api/v1/batches";

    private final Gateways gateways;
    private final BatchMix mix;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger submitted = new AtomicInteger();
    private final Set<BatchId> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** @param random for one thread, which is this one's timer */
    BatchSubmissions(Gateways gateways, RandomGenerator random) {
        this.gateways = gateways;
        this.mix = new BatchMix(random);
    }

    void start() {
        var _ = timer.scheduleAtFixedRate(this::submitAnother, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Submits no more; those that were submitted may still be cancelled or taken back. */
    void stop() {
        stopped = true;
    }

    int submitted() {
        return submitted.get();
    }

    Set<BatchId> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** The names of those that no instance may accept. */
    Set<String> refused() {
        return Set.copyOf(refused);
    }

    /** Answers that no fault excuses. */
    List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    private void submitAnother() {
        if (!stopped) {
            submitted.incrementAndGet();
            BatchMix.Draft draft = mix.draw();
            clients.execute(() -> submit(draft));
        }
    }

    private void submit(BatchMix.Draft draft) {
        if (!draft.acceptable()) {
            refused.add(draft.name());
        }
        gateways.ask("POST", BATCHES, draft.body()).ifPresent(reply -> {
            if (reply.status() == 202 && draft.acceptable()) {
                accepted(BatchId.parse(reply.body().path("id").asText()), draft);
            } else if (reply.status() != 503 && (draft.acceptable() || reply.status() != 422)) {
                unexpected.add(reply.toString());
            }
        });
    }

    private void accepted(BatchId id, BatchMix.Draft draft) {
        acknowledged.add(id);
        later(draft.cancelAfter(), "DELETE", BATCHES + "/" + id);
        later(draft.takeBackAfter(), "POST", BATCHES + "/" + id + "/rollback");
    }

    /** Whether it comes to it, is up to the faults. */
    private void later(Optional<Duration> after, String method, String path) {
        after.filter(_ -> !stopped).ifPresent(delay -> {
            var _ = timer.schedule(() -> clients.execute(() -> {
                var _ = gateways.ask(method, path, "");
            }), delay.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void close() {
        stopped = true;
        timer.shutdownNow();
        clients.shutdownNow();
    }
}
