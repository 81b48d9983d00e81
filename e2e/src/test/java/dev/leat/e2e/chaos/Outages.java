package dev.leat.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.awaitility.Awaitility;

import dev.leat.domain.WorkerId;

/**
 * What is broken now, each until its time is over and it has been made good. A process that nobody broke and that ended
 * all the same is started again, as whoever runs services does. Any thread may ask; driven by one, and each outage has a
 * thread of its own, to which its process belongs meanwhile.
 */
final class Outages implements AutoCloseable {

    private static final int MOST_STARTS = 3;
    private static final Duration HEALING_LIMIT = Duration.ofMinutes(15);

    private final List<Node> nodes;
    private final Consumer<Injection> witness;
    private final ChaosLog log;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<Node> broken = ConcurrentHashMap.newKeySet();
    private final Queue<Injection> injections = new ConcurrentLinkedQueue<>();
    private final Queue<String> endedByThemselves = new ConcurrentLinkedQueue<>();
    private final Queue<String> incurable = new ConcurrentLinkedQueue<>();

    /** @param witness is told of each fault as soon as it has happened, on a thread of its own */
    Outages(List<Node> nodes, Consumer<Injection> witness, ChaosLog log) {
        this.nodes = nodes;
        this.witness = witness;
        this.log = log;
    }

    boolean isBroken(Node node) {
        return broken.contains(node);
    }

    int count() {
        return broken.size();
    }

    /** Waits for as long, or until everything is to be healed. */
    void pause(Duration length) throws InterruptedException {
        var _ = over.await(length.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Breaks a sound process, for as long.
     *
     * @param alone whether all others of its role are sound
     */
    void begin(FaultKind kind, Node node, Duration length, boolean alone) {
        occupy(node, () -> {
            Optional<WorkerId> worker = node.claimsAs();
            kind.damage().inject(node);
            Injection injection = new Injection(kind, node, worker, Instant.now(), alone);
            injections.add(injection);
            log.say("%s: %s, for %.1f s".formatted(node.name(), kind.damage().words(), length.toMillis() / 1e3));
            threads.execute(() -> witness.accept(injection));
            pause(length);
            mend(node, () -> kind.damage().heal(node));
        });
    }

    /** Starts the processes that have ended although nobody broke them. */
    void startWhatEnded() {
        nodes.stream().filter(node -> !isBroken(node) && !node.process().isAlive()).forEach(node -> {
            endedByThemselves.add(node.name());
            log.say("%s: ended by itself".formatted(node.name()));
            occupy(node, () -> mend(node, node.process()::start));
        });
    }

    /** Ends all outages at once, and returns when everything runs. */
    void healAll() {
        over.countDown();
        Awaitility.await("every process to run").atMost(HEALING_LIMIT).until(() -> {
            startWhatEnded();
            return broken.isEmpty();
        });
    }

    /** The faults that happened until now, in the order in which they did. */
    List<Injection> injections() {
        return List.copyOf(injections);
    }

    /** The names of the processes that ended although nobody broke them, each as often as it did. */
    List<String> endedByThemselves() {
        return List.copyOf(endedByThemselves);
    }

    /** What could not be made good. */
    List<String> incurable() {
        return List.copyOf(incurable);
    }

    private void occupy(Node node, Work work) {
        broken.add(node);
        threads.execute(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                incurable.add(node.name() + ": " + e);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } finally {
                broken.remove(node);
            }
        });
    }

    /** A start may meet the outage of others, as everybody's may, and is then made again. */
    private void mend(Node node, Work healing) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int start = 1; !isMended(healing, start); start++) {
            log.say("%s: has to be started again".formatted(node.name()));
        }
        log.say("%s: runs again, after %.1f s more".formatted(node.name(), (System.nanoTime() - begin) / 1e9));
    }

    private static boolean isMended(Work healing, int start) throws IOException, InterruptedException {
        try {
            healing.run();
            return true;
        } catch (AssertionError failed) {
            if (start == MOST_STARTS) {
                throw failed;
            }
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
