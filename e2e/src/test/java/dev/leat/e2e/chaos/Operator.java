package dev.leat.e2e.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import dev.leat.domain.limit.PluginSetting;
import dev.leat.testkit.guarantees.PluginRecords.Said;

/**
 * Whoever operates the installation meanwhile: makes schedules, limits a plugin, pauses it and lets it go on. What is not
 * answered is said again until it is. Started and stopped by one thread.
 */
final class Operator implements AutoCloseable {

    private static final int SCHEDULES = 3;
    private static final int LIMIT = 2;
    private static final Duration OPEN = Duration.ofSeconds(20);
    private static final Duration PAUSED = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PLUGIN = "/api/v1/plugins/" + ChaosPlugins.SCARCE;
    private static final String JOB_TYPES = "/api/v1/job-types/";
    /** Each instance is asked in turn, so all of them are. */
    private static final int ASKED = 4;

    private final Gateways gateways;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Queue<Said> said = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofVirtual().name("operator").unstarted(this::operate);

    Operator(Gateways gateways) {
        this.gateways = gateways;
    }

    /** Waits until the plugins are known, says what holds for the whole run, and goes on to pause. */
    void start() {
        List.of(ChaosPlugins.SCARCE + ":work", ChaosPlugins.STEPS + ":step")
                .forEach(type -> IntStream.range(0, ASKED).forEach(_ -> insist("GET", JOB_TYPES + type, "")));
        for (int i = 0; i < SCHEDULES; i++) {
            String id = schedule(i);
            insist("PUT", "/api/v1/schedules/" + id, """
                    {"every":"PT%dS","job":{"type":"demo:noop","params":{}},"overlap":"allow",
                     "catchUp":{"firings":100,"within":"PT1H"}}""".formatted(i + 2));
        }
        insist("PUT", PLUGIN + "/limits", """
                {"maxRunning":%d}""".formatted(LIMIT));
        Instant limited = Instant.now();
        said.add(new Said(new PluginSetting.Limits(ChaosPlugins.SCARCE, Optional.of(LIMIT), Optional.empty(), limited),
                limited));
        thread.start();
    }

    private static String schedule(int number) {
        return "chaos-" + number;
    }

    private void operate() {
        while (!isStopped(OPEN)) {
            insist("POST", PLUGIN + "/pause", "");
            // Asked for earlier, but Kafka may have taken it only now.
            said(true);
            var _ = isStopped(PAUSED);
            said(false);
            insist("POST", PLUGIN + "/resume", "");
        }
    }

    private void said(boolean paused) {
        Instant now = Instant.now();
        said.add(new Said(new PluginSetting.Pause(ChaosPlugins.SCARCE, paused, now), now));
    }

    private boolean isStopped(Duration within) {
        try {
            return stopped.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void insist(String method, String path, String body) {
        Awaitility.await(method + " " + path)
                .pollInSameThread()
                .atMost(PATIENCE)
                .until(() -> gateways.ask(method, path, body).filter(reply -> reply.status() / 100 == 2).isPresent());
    }

    /** Lets the plugin go on, and the schedules fire no more. */
    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
        // Also where the thread has given up.
        said(false);
        insist("POST", PLUGIN + "/resume", "");
        for (int i = 0; i < SCHEDULES; i++) {
            insist("POST", "/api/v1/schedules/" + schedule(i) + "/pause", "");
        }
    }

    /** How often the plugin was paused. */
    int pauses() {
        return (int) said.stream()
                .filter(one -> one.setting() instanceof PluginSetting.Pause pause && pause.paused())
                .count();
    }

    /** What was said of the plugin, and since when it was to hold: a pause since its answer, its end since it was asked for. */
    List<Said> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
    }
}
