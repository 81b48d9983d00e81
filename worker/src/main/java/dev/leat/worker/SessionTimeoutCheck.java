package dev.leat.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.runtime.settings.Option;

/**
 * Looks whether the broker notices a dead worker in time. Under KIP-848 the session timeout is the broker's, 45 s unless
 * somebody has changed it, and so long the queued jobs of a dead worker's partitions wait.
 *
 * @param lease how long a worker may be silent until its running jobs are taken from it; its queued ones should not wait
 *        longer
 */
record SessionTimeoutCheck(Admin admin, String group, Duration lease) {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTimeoutCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String OF_GROUP = "consumer.session.timeout.ms";

    /** Logs a warning where the timeout is longer than the lease; says nothing where the broker does not tell. */
    void warnIfLong() throws InterruptedException {
        timeout().filter(timeout -> timeout.compareTo(lease) > 0).map(this::warning).ifPresent(LOG::warn);
    }

    private Optional<Duration> timeout() throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        try {
            Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.ofNullable(configs.get(resource))
                    .map(config -> config.get(OF_GROUP))
                    .map(ConfigEntry::value)
                    .map(value -> Duration.ofMillis(Long.parseLong(value)));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Expected the broker to tell the session timeout of group {}, but: {}", group, e.toString());
            return Optional.empty();
        }
    }

    private String warning(Duration timeout) {
        Option<GroupProtocol> option = WorkerOptions.GROUP_PROTOCOL;
        return ("Expected the session timeout of group %s to be at most the lease of %d s, but it is %d s: when a worker dies, the"
                + " queued jobs of its partitions wait that long. Either lower group.consumer.session.timeout.ms (and"
                + " group.consumer.min.session.timeout.ms) on the brokers, or set %s=classic, whose session timeout is"
                + " the worker's own").formatted(group, lease.toSeconds(), timeout.toSeconds(), option.key());
    }
}
