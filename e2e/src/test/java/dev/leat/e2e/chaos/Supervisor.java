package dev.leat.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;

/**
 * Keeps processes running, as whoever runs services does: what ended although nobody broke it is started again, and so is
 * what ended while it started. Any thread may ask; driven by one, and each process that is worked on belongs to a thread
 * of its own meanwhile.
 */
final class Supervisor implements AutoCloseable {

    private static final int MOST_STARTS = 3;
    private static final Duration SOUNDNESS_LIMIT = Duration.ofMinutes(20);

    private final List<Node> nodes;
    private final ChaosLog log;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Node> workedOn = ConcurrentHashMap.newKeySet();
    private final Queue<String> endedByThemselves = new ConcurrentLinkedQueue<>();
    private final Map<Node, String> incurable = new ConcurrentHashMap<>();

    Supervisor(List<Node> nodes, ChaosLog log) {
        this.nodes = nodes;
        this.log = log;
    }

    /** Something that is done to a process, and takes its time. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Starts all processes, and returns when they are ready. */
    void startAll() {
        dead().forEach(node -> workOn(node, () -> mend(node, node.process()::start)));
        awaitSoundness();
        if (!incurable.isEmpty()) {
            throw new AssertionError("Expected every process to start, but: " + incurable());
        }
    }

    /** Starts what has ended although nobody broke it. */
    void startWhatEnded() {
        dead().forEach(node -> {
            noteEndOf(node);
            workOn(node, () -> mend(node, node.process()::start));
        });
    }

    /** Returns when nothing is worked on, and every process runs that can be made to. */
    void awaitSoundness() {
        Awaitility.await("every process to run").atMost(SOUNDNESS_LIMIT).until(() -> {
            startWhatEnded();
            return workedOn.isEmpty();
        });
    }

    /** How many processes are broken, or on their way back. */
    int broken() {
        return workedOn.size();
    }

    boolean isSound(Node node) {
        return !workedOn.contains(node) && !incurable.containsKey(node);
    }

    /** The names of the processes that ended although nobody broke them, each as often as it did. */
    List<String> endedByThemselves() {
        return List.copyOf(endedByThemselves);
    }

    /** The processes that could not be made to run, and why. */
    List<String> incurable() {
        return incurable.entrySet().stream().map(lost -> lost.getKey().name() + ": " + lost.getValue()).toList();
    }

    /** Does something to a sound process, which nobody else touches until it is done. */
    void workOn(Node node, Work work) {
        workedOn.add(node);
        threads.execute(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                incurable.put(node, e.toString());
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } finally {
                workedOn.remove(node);
            }
        });
    }

    /** Returns when the process is ready; where it ends meanwhile, it is made good once more. */
    void mend(Node node, Work healing) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int start = 1; !isMended(healing, start); start++) {
            noteEndOf(node);
        }
        log.say("%s: runs, after %.1f s".formatted(node.name(), (System.nanoTime() - begin) / 1e9));
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

    private List<Node> dead() {
        return nodes.stream().filter(node -> isSound(node) && !node.process().isAlive()).toList();
    }

    private void noteEndOf(Node node) {
        endedByThemselves.add(node.name());
        log.say("%s: ended by itself".formatted(node.name()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
