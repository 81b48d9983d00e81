package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import dev.leat.domain.JobId;

/**
 * Submits jobs all the time, at a bounded rate, and remembers which of them were acknowledged. What no instance takes is
 * tried again, at the next one. Any thread may ask; started and stopped by one.
 */
final class Submissions implements AutoCloseable {

    private static final int PER_SECOND = 20;
    /** How many may wait for their answer. While as many do, no more are submitted. */
    private static final int MOST_AT_ONCE = 200;
    private static final int CANCELLED_OF_THOUSAND = 60;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_ANSWERS = Duration.ofMinutes(3);
    /** Whoever has tried so often gives up. */
    private static final int MOST_TRIES = 100;

    private final Gateways gateways;
    private final RandomGenerator random;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** @param random for one thread, which is this one's timer */
    Submissions(Gateways gateways, RandomGenerator random) {
        this.gateways = gateways;
        this.random = random;
    }

    void start() {
        var _ = timer.scheduleAtFixedRate(this::submitAnother, 0, TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
                TimeUnit.MICROSECONDS);
    }

    /** Submits no more, and returns when each submission has its answer, or should have had it. */
    void stop() throws InterruptedException {
        stopped = true;
        if (!free.tryAcquire(MOST_AT_ONCE, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
            unexpected.add("none for %d of them within %d s".formatted(MOST_AT_ONCE - free.availablePermits(),
                    LAST_ANSWERS.toSeconds()));
        }
    }

    /** How many jobs were to be submitted. */
    int submitted() {
        return submitted.get();
    }

    /** How often no answer came, or one that says to try again. */
    int repeated() {
        return repeated.get();
    }

    /** The jobs that were accepted until now. */
    Set<JobId> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Answers that no fault excuses. */
    List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    private void submitAnother() {
        if (!stopped && free.tryAcquire()) {
            submitted.incrementAndGet();
            String body = JobMix.draw(random);
            clients.execute(() -> attempt(body, 1));
        }
    }

    private void attempt(String body, int tries) {
        switch (answer(body)) {
            case Gateways.Answer.Accepted accepted -> {
                acknowledged.add(accepted.job());
                free.release();
                cancelSome(accepted.job());
            }
            case Gateways.Answer.Refused _ -> free.release();
            case Gateways.Answer.Unexpected answer -> {
                unexpected.add(answer.text());
                free.release();
            }
            case Gateways.Answer.Unavailable _ when tries < MOST_TRIES -> {
                repeated.incrementAndGet();
                var _ = timer.schedule(() -> clients.execute(() -> attempt(body, tries + 1)), PAUSE.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
            case Gateways.Answer.Unavailable _ -> free.release();
        }
    }

    /** Which ones, their ids say: they are as good as drawn. */
    private void cancelSome(JobId job) {
        int draw = Math.floorMod(job.value().getLeastSignificantBits(), 1_000);
        if (draw < CANCELLED_OF_THOUSAND && !stopped) {
            var _ = timer.schedule(() -> clients.execute(() -> cancel(job)), draw * 40L, TimeUnit.MILLISECONDS);
        }
    }

    private void cancel(JobId job) {
        try {
            gateways.cancel(job);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Gateways.Answer answer(String body) {
        try {
            return gateways.submit(body);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return new Gateways.Answer.Unexpected("interrupted");
        } catch (RuntimeException broken) {
            return new Gateways.Answer.Unexpected(broken.toString());
        }
    }

    @Override
    public void close() {
        stopped = true;
        timer.shutdownNow();
        clients.shutdownNow();
    }
}
