package dev.leat.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.WorkerId;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.worker.plugin.PluginCatalog;

/**
 * A worker: started once, stopped once, not started again. Both calls may be repeated, from any thread, and return when
 * it is done.
 */
public final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int ID_LENGTH = 12;

    private final WorkerId id;
    private final Settings settings;
    private final Codecs codecs;
    private final PluginCatalog plugins;
    private final InstantSource clock;
    /** Guarded by this, as is the order of start and stop. */
    private boolean used;
    private volatile Optional<WorkerEngine> engine = Optional.empty();

    /**
     * Connects to nothing yet.
     *
     * @param codecs with little patience for a registry that is away: the worker waits by itself, and claims elsewhere
     *        meanwhile
     * @param plugins those of the class path; started and stopped with the worker. Those of {@code leat.plugins.dir} come
     *        on top, and come and go while it runs
     */
    public Worker(Settings settings, Codecs codecs, PluginCatalog plugins, InstantSource clock) {
        this.settings = settings;
        this.codecs = codecs;
        this.plugins = plugins;
        this.clock = clock;
        this.id = new WorkerId(host() + "-" + UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH));
    }

    static String host() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).filter(name -> !name.isBlank()).orElse("localhost");
    }

    /** Under which name it claims. */
    public WorkerId id() {
        return id;
    }

    /**
     * Makes missing topics, reads the cancellations, announces its plugins and itself, and joins the group.
     *
     * @throws dev.leat.runtime.settings.SettingsException where options do not go together
     * @throws dev.leat.runtime.kafka.TopicSetupException where a topic cannot be used as it is
     * @throws dev.leat.runtime.kafka.BrokerUnavailableException where Kafka or the schema registry did not answer within
     *         {@code leat.startup.timeout}
     * @throws dev.leat.worker.plugin.PluginRefusedException where a plugin of the class path does not start
     * @throws InterruptedException where the thread is interrupted while it waits; what was started is stopped
     */
    public synchronized void start() throws InterruptedException {
        if (used) {
            return;
        }
        used = true;
        WorkerOptions.check(settings);
        WorkerEngine starting = new WorkerEngine(id, settings, codecs, plugins, clock);
        try {
            starting.start();
        } catch (InterruptedException | RuntimeException | Error e) {
            starting.stop();
            throw e;
        }
        engine = Optional.of(starting);
        LOG.info("Worker {} runs {} jobs at a time of {}", id, settings.get(WorkerOptions.SLOTS), starting.hosted());
    }

    /**
     * Leaves the group at once, lets running attempts finish for at most {@code leat.worker.drain.timeout}, hands the jobs
     * of the others back, and says goodbye; not where a handler goes on beyond {@code leat.worker.grace}, for its job may
     * only go on elsewhere once this worker's lease has run out.
     */
    public synchronized void stop() {
        used = true;
        engine.ifPresent(running -> {
            Duration drain = settings.get(WorkerOptions.DRAIN_TIMEOUT);
            LOG.info("Worker {} stops; its {} running attempts have {} s to finish", id, running.runningAttempts(),
                    drain.toSeconds());
            running.stop();
        });
        engine = Optional.empty();
    }

    /** Whether it can run jobs: not all of its slots are held by handlers that did not stop when they had to. */
    public boolean isLive() {
        return lostSlots() < settings.get(WorkerOptions.SLOTS);
    }

    /** How many slots are held by handlers that did not stop when they had to. */
    public int lostSlots() {
        return engine.map(WorkerEngine::lostSlots).orElse(0);
    }

    /** Whether it has started, is a member of its group and knows the cancellations. */
    public boolean isReady() {
        return engine.map(WorkerEngine::isReady).orElse(false);
    }
}
