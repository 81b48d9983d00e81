package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import dev.leat.domain.JobId;
import dev.leat.runtime.kafka.PartitionOf;

/**
 * Measures how long it takes after one projector was lost until clients can read a job of each partition again.
 * Thread-safe.
 */
final class ReadProbe {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Gateways gateways;
    private final Supplier<Set<JobId>> jobs;
    private final Queue<Failover> failovers = new ConcurrentLinkedQueue<>();

    /** @param jobs all that can be read when nothing is broken */
    ReadProbe(Gateways gateways, Supplier<Set<JobId>> jobs) {
        this.gateways = gateways;
        this.jobs = jobs;
    }

    /** Measures where the fault was the loss of one projector. Blocks until reads answer. */
    void watch(Injection injection) {
        if (injection.kind().role() != Role.PROJECTOR || !injection.alone()) {
            return;
        }
        long lost = System.nanoTime();
        try {
            for (JobId job : oneOfEachPartition()) {
                Awaitility.await("job " + job + " to be read")
                        .pollInSameThread()
                        .pollInterval(POLL)
                        .pollDelay(Duration.ZERO)
                        .atMost(LIMIT)
                        .until(() -> gateways.state(job).isPresent());
            }
            failovers.add(new Failover(injection, Duration.ofNanos(System.nanoTime() - lost)));
        } catch (ConditionTimeoutException never) {
            failovers.add(new Failover(injection, LIMIT));
        }
    }

    /**
     * What was measured, by what had happened, but for where another projector was lost meanwhile: there it depends on
     * when that one came back.
     *
     * @param injections all that happened
     */
    Map<FaultKind, Spread> failovers(List<Injection> injections) {
        Map<FaultKind, List<Duration>> times = new EnumMap<>(FaultKind.class);
        failovers.stream()
                .filter(failover -> injections.stream().noneMatch(failover::isDisturbedBy))
                .forEach(failover -> times.computeIfAbsent(failover.loss().kind(), _ -> new ArrayList<>())
                        .add(failover.time()));
        Map<FaultKind, Spread> spreads = new EnumMap<>(FaultKind.class);
        times.forEach((kind, measured) -> spreads.put(kind, new Spread(measured)));
        return spreads;
    }

    private List<JobId> oneOfEachPartition() {
        Map<Integer, Optional<JobId>> latest = jobs.get()
                .stream()
                .collect(Collectors.groupingBy(job -> PartitionOf.job(job, Installation.PARTITIONS),
                        Collectors.maxBy(Comparator.naturalOrder())));
        return latest.values().stream().flatMap(Optional::stream).toList();
    }

    private record Failover(Injection loss, Duration time) {

        boolean isDisturbedBy(Injection other) {
            return !other.equals(loss) && other.kind().role() == Role.PROJECTOR && !other.at().isBefore(loss.at())
                    && other.at().isBefore(loss.at().plus(time));
        }
    }
}
