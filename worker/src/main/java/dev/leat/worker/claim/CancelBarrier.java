package dev.leat.worker.claim;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobId;
import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.worker.run.RunningAttempt;

/**
 * Holds claimed attempts back until this worker has read every request for a job's end that was in the log when their
 * started facts were: a job that anybody has seen as cancelled, expired or timed out never runs.
 *
 * <p>The argument: a job ends so once the projector's decision, such as {@code JobCancelled}, stands in the events before
 * the claim's {@code AttemptStarted}. Then the request that led to it stood in the control topic before the started fact
 * was acknowledged, so before the end offsets that are asked for afterwards, so the tail has handed it on before the
 * attempt may start. A decision that comes after the started fact counts only where the claim has been doubted or has
 * expired with this worker's lease; and then this worker has doubted its lease before, and does not run what it had begun
 * to claim ({@link dev.leat.worker.lease.LeaseWatch}).
 *
 * <p>Its thread is a platform thread: handlers that use up all carriers of virtual threads do not hold up claims. While
 * Kafka is away it tries again; attempts wait meanwhile. Batches pass in the order of the claims. Thread-safe.
 */
public final class CancelBarrier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CancelBarrier.class);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final EndOffsets endOffsets;
    private final TopicTail control;
    private final String topic;
    private final int partitions;
    private final ExecutorService asking = thread("leat-barrier-ask");
    private final ExecutorService passing = thread("leat-barrier");

    /**
     * @param endOffsets closed with the barrier
     * @param control the tail of the control topic, whose handler stops attempts
     * @param partitions how many partitions the control topic has
     */
    public CancelBarrier(EndOffsets endOffsets, TopicTail control, String topic, int partitions) {
        this.endOffsets = endOffsets;
        this.control = control;
        this.topic = topic;
        this.partitions = partitions;
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Where the control topic ends for some jobs; asked for after their started facts were acknowledged. */
    record Mark(Future<Map<Integer, Long>> ends) {}

    /** Begins to ask where the control topic ends, while the caller commits. */
    Mark mark(Collection<JobId> jobs) {
        Set<Integer> asked = jobs.stream().map(job -> PartitionOf.job(job, partitions)).collect(Collectors.toSet());
        return new Mark(asking.submit(() -> askUntilAnswered(asked)));
    }

    /** Starts the attempts once the tail has passed the mark. Does not block. */
    void pass(Mark mark, List<RunningAttempt> attempts) {
        passing.execute(() -> {
            try {
                Map<Integer, Long> ends = mark.ends().get();
                while (!control.awaitPosition(ends, PAUSE)) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
                attempts.forEach(RunningAttempt::start);
            } catch (InterruptedException | ExecutionException e) {
                LOG.warn("Expected to pass the cancel barrier with {} claimed attempts, but the worker stopped before",
                        attempts.size(), e);
            }
        });
    }

    private Map<Integer, Long> askUntilAnswered(Set<Integer> asked) throws InterruptedException {
        while (true) {
            try {
                return endOffsets.of(topic, asked, ASK);
            } catch (BrokerUnavailableException e) {
                LOG.warn("Expected Kafka to say where {} ends, but it is asked again: {}", topic, e.getMessage());
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Attempts that have not passed do not start any more. */
    @Override
    public void close() {
        asking.shutdownNow();
        passing.shutdownNow();
        endOffsets.close();
    }
}
