package dev.leat.submit.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every few seconds whether it is there, so that nobody who asks for the health of this process has to wait
 * for a broker that is not. One virtual thread owns the admin client from {@link #start} on; {@link #trouble} is for any
 * thread.
 */
public final class BrokerProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("leat-api-broker-probe").unstarted(this::run);
    private volatile Optional<String> trouble = Optional.of("Kafka has not been asked yet");

    /** @param admin closed by {@link #close} */
    public BrokerProbe(Admin admin) {
        this.admin = admin;
    }

    public void start() {
        thread.start();
    }

    /** Why Kafka cannot be used; empty where it answered the last time. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void run() {
        try {
            do {
                Optional<String> before = trouble;
                trouble = ask();
                if (before.isPresent() != trouble.isPresent()) {
                    LOG.info("Kafka {}", trouble.map(why -> "does not answer: " + why).orElse("answers"));
                }
            } while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody has this thread but the probe, which ends here.
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private Optional<String> ask() throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) PATIENCE.toMillis())).nodes().get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(Optional.ofNullable(e.getCause()).orElse(e).getMessage()));
        }
    }

    /** Ends the asking; does nothing where it has ended. */
    @Override
    public void close() {
        stopped.countDown();
        if (thread.getState() == Thread.State.NEW) {
            admin.close(Duration.ZERO);
        }
    }
}
