package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.settings.DurationText;

/**
 * Repeats something that needs the broker until it is done or time is up. Services start before the broker where
 * nobody orders them (compose), so neither a broker that is not there yet, nor a host name that does not resolve yet,
 * nor too few brokers for the replicas is an error before that. For one thread.
 */
final class BrokerWait {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWait.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_WHILE_DOWN = Duration.ofMillis(500);
    private static final Duration SHORTEST_CALL = Duration.ofSeconds(1);
    private static final Duration REMINDER = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final Duration patience;
    private final long start = System.nanoTime();
    private Duration nextLog = Duration.ZERO;

    /** Gives its result, or nothing where it has to be called again. */
    @FunctionalInterface
    interface Attempt<T> {
        Optional<T> make(Admin admin) throws ExecutionException, InterruptedException;
    }

    BrokerWait(KafkaClients clients, Duration patience) {
        this.clients = clients;
        this.patience = patience;
    }

    <T> T until(String what, Attempt<T> attempt) throws InterruptedException {
        while (true) {
            try (Closing admin = new Closing(clients.admin("setup-" + what, left()))) {
                return repeat(what, admin.admin(), attempt);
            } catch (ExecutionException e) {
                Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
                waitOrGiveUp(what, cause, cause instanceof RetriableException
                        || cause instanceof InvalidReplicationFactorException);
            } catch (KafkaException e) {
                waitOrGiveUp(what, e, e instanceof RetriableException || isUnresolvedHost(e));
            }
        }
    }

    private <T> T repeat(String what, Admin admin, Attempt<T> attempt) throws ExecutionException, InterruptedException {
        while (true) {
            Optional<T> result = attempt.make(admin);
            if (result.isPresent()) {
                return result.get();
            }
            if (elapsed().compareTo(patience) > 0) {
                throw new TopicSetupException("Expected the " + what + " at " + clients.bootstrapServers()
                        + " to be ready within " + DurationText.format(patience) + ", but they were not.");
            }
            Thread.sleep(PAUSE);
        }
    }

    private void waitOrGiveUp(String what, Throwable reason, boolean passing) throws InterruptedException {
        if (!passing) {
            throw new TopicSetupException("Expected Kafka at " + clients.bootstrapServers() + " to let Leat see to its "
                    + what + ", but it answered: " + reason.getMessage(), reason);
        }
        if (elapsed().compareTo(patience) > 0) {
            throw new BrokerUnavailableException(
                    "Expected Kafka at " + clients.bootstrapServers() + " to answer within "
                            + DurationText.format(patience) + ", but: " + reason.getMessage(),
                    reason);
        }
        if (elapsed().compareTo(nextLog) >= 0) {
            LOG.info("Waiting for Kafka at {} ({} of at most {}): {}", clients.bootstrapServers(),
                    DurationText.format(Duration.ofSeconds(elapsed().toSeconds())), DurationText.format(patience),
                    reason.getMessage());
            nextLog = elapsed().plus(REMINDER);
        }
        Thread.sleep(PAUSE_WHILE_DOWN);
    }

    /** How long one call may take: the rest of the time, but not so little that no call can succeed. */
    private Duration left() {
        Duration left = patience.minus(elapsed());
        return left.compareTo(SHORTEST_CALL) < 0 ? SHORTEST_CALL : left;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Kafka has no type of its own for this one. */
    private static boolean isUnresolvedHost(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof ConfigException
                && String.valueOf(cause.getMessage()).contains("No resolvable bootstrap");
    }

    /** Closes an admin client in bounded time: by itself it would wait for calls that no broker will answer. */
    private record Closing(Admin admin) implements AutoCloseable {

        @Override
        public void close() {
            admin.close(Duration.ZERO);
        }
    }
}
