package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;

/**
 * Waits until nothing moves any more: every acknowledged job has ended, and so has every other one, and
 * every batch, that projectors know.
 */
final class Quiescence {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int CLIENTS = 16;

    private final Gateways gateways;
    private final Supervisor supervisor;

    Quiescence(Gateways gateways, Supervisor supervisor) {
        this.gateways = gateways;
        this.supervisor = supervisor;
    }

    /** The jobs that had not ended when the time was up; that is for the guarantees to judge. */
    Set<JobId> await(Set<JobId> acknowledged) {
        Set<JobId> open = new HashSet<>(acknowledged);
        try {
            Awaitility.await("all jobs to end").atMost(LIMIT).pollInterval(POLL).until(() -> {
                supervisor.startWhatEnded();
                // Thousands of questions about jobs would keep them from ending.
                return isNothingOpen() && removeEnded(open);
            });
        } catch (ConditionTimeoutException timeUp) {
            var _ = removeEnded(open);
        }
        return open;
    }

    private boolean isNothingOpen() throws InterruptedException {
        return gateways.openJobs().filter(count -> count == 0).isPresent()
                && gateways.openBatches().filter(count -> count == 0).isPresent();
    }

    /** Takes out the jobs that have ended; whether all have. */
    private boolean removeEnded(Set<JobId> open) {
        open.removeAll(ended(open));
        return open.isEmpty();
    }

    private Set<JobId> ended(Set<JobId> jobs) {
        Set<JobId> ended = ConcurrentHashMap.newKeySet();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            for (JobId job : jobs) {
                var _ = clients.submit(
                        () -> gateways.state(job).filter(JobState::isTerminal).map(_ -> ended.add(job)).isPresent());
            }
        }
        return ended;
    }
}
