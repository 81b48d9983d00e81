package dev.leat.worker.announce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.PluginDescriptor;
import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.schemas.Codec;
import dev.leat.worker.announce.DueAnnouncements.Announcement;
import dev.leat.worker.bundle.PluginHost;

/**
 * Announces on the plugins topic what this worker hosts, as {@link DueAnnouncements} has it. The topic is compacted and
 * what stands there stays when the worker stops: jobs are accepted for workers to come.
 *
 * <p>{@link #start} is for the thread that starts the worker; afterwards the thread {@code leat-announce} sends, and tries
 * again where Kafka does not take it. All other methods are for any thread.
 */
public final class PluginAnnouncer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginAnnouncer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PluginHost host;
    private final String topic;
    private final Codec<PluginDescriptor> codec;
    private final Producer<byte[], byte[]> producer;
    private final DueAnnouncements announcements = new DueAnnouncements();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leat-announce").factory());

    /** @param producer gives up after seconds; closed with the announcer */
    public PluginAnnouncer(PluginHost host, String topic, Codec<PluginDescriptor> codec,
            Producer<byte[], byte[]> producer) {
        this.host = host;
        this.topic = topic;
        this.codec = codec;
        this.producer = producer;
    }

    /**
     * Announces what is hosted, and from then on what changes. Returns when Kafka has what is hosted now.
     *
     * @throws BrokerUnavailableException where it does not take it
     */
    public void start() throws InterruptedException {
        try {
            thread.submit(this::announceDue).get();
        } catch (ExecutionException e) {
            throw new BrokerUnavailableException("Expected Kafka to take the descriptors of the plugins, but: "
                    + e.getCause(), e);
        }
        host.onChange(() -> execute(this::announce));
        execute(this::announce);
    }

    /** Announces the plugin again, if it is hosted here: somebody else has taken it back. */
    public void takenBack(String plugin) {
        execute(() -> {
            announcements.isTakenBack(plugin);
            announce();
        });
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException _) {
            // The worker stops: what is announced stays.
        }
    }

    private void announce() {
        try {
            var _ = announceDue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("Expected Kafka to take what is hosted here, but it is told again: {}", e.toString());
            retry();
        }
    }

    private void retry() {
        try {
            var _ = thread.schedule(this::announce, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // The worker stops.
        }
    }

    private boolean announceDue() throws InterruptedException, ExecutionException {
        for (Announcement due : announcements.due(host.current().descriptors())) {
            producer.send(new ProducerRecord<>(topic, due.plugin().getBytes(StandardCharsets.UTF_8), value(due))).get();
            announcements.isMade(due);
        }
        return true;
    }

    private byte @Nullable [] value(Announcement due) {
        return due.descriptor().map(descriptor -> codec.encode(topic, descriptor)).orElse(null);
    }

    /** Announces nothing more; what is announced stays. */
    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
