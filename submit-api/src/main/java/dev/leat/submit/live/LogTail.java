package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobId;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.submit.ApiProblems;

/**
 * Reads the ends of all topics that have facts of jobs, once for all who watch, and not at all while nobody does.
 *
 * <pre>
 *   lanes, pending ─┐                 ┌─ by job ──▶ queues of those who watch it
 *   events ─────────┼─▶ leat-live ────┤
 *   control ────────┘   (one thread)  └─ all ─────▶ queues of those who watch everything
 * </pre>
 *
 * <p>Invariant: whoever joins at a position gets every fact of his from there on, in the order of each partition, and none
 * twice. A record that nobody watches is only looked at by its key.
 *
 * <p>One thread owns the consumer; the lock guards who watches and how far it has read, and is held while facts are handed
 * out, which never waits. Thread-safe.
 */
final class LogTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BACKOFF = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final FactReader reader;
    private final Thread thread = Thread.ofPlatform().daemon().name("leat-live").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** All guarded by the lock. */
    private final Map<JobId, List<FactQueue>> byJob = new HashMap<>();
    private final List<FactQueue> all = new ArrayList<>();
    /** Up to where everything has been handed out; empty while it does not read. */
    private Map<TopicPartition, Long> place = Map.of();
    private int joining;
    private long handed;
    private boolean closed;
    private volatile Optional<FactTopics> current = Optional.empty();
    /** Owned by the thread. */
    private long lastWatched;

    LogTail(KafkaClients clients, FactReader reader) {
        this.clients = clients;
        this.reader = reader;
    }

    /**
     * Where somebody has joined.
     *
     * @param position he gets all facts from there on, and none from before
     * @param sequence the number of the last fact before
     */
    record Joined(LogPosition position, long sequence) {}

    /**
     * Hands every fact of the job to the queue from now on.
     *
     * @throws dev.leat.runtime.http.ProblemException 503 where Kafka does not answer
     */
    Joined join(JobId job, FactQueue queue) {
        return join(() -> byJob.computeIfAbsent(job, _ -> new ArrayList<>()).add(queue));
    }

    /** Likewise, facts of all jobs. */
    Joined join(FactQueue queue) {
        return join(() -> all.add(queue));
    }

    private Joined join(Runnable add) {
        lock.lock();
        joining++;
        try {
            if (thread.getState() == Thread.State.NEW && !closed) {
                thread.start();
            }
            changed.signalAll();
            boolean isReading = await(() -> !place.isEmpty(), PATIENCE);
            checkOpen();
            if (!isReading) {
                throw ApiProblems.streamUnavailable("Kafka does not answer.");
            }
            add.run();
            return new Joined(position(), handed);
        } finally {
            joining--;
            lock.unlock();
        }
    }

    void leave(JobId job, FactQueue queue) {
        locked(() -> {
            List<FactQueue> left = byJob.getOrDefault(job, List.of());
            left.remove(queue);
            if (left.isEmpty()) {
                byJob.remove(job);
            }
        });
    }

    void leave(FactQueue queue) {
        locked(() -> all.remove(queue));
    }

    /** How far it has read, if all that it has handed to the queue has been taken out. */
    Optional<LogPosition> positionBehind(FactQueue queue) {
        lock.lock();
        try {
            return queue.isEmpty() && !queue.isClosed() ? Optional.of(position()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it has read up to there; whether it has in time.
     *
     * @throws dev.leat.runtime.http.ProblemException 503 where the API stops
     */
    boolean awaitPosition(LogPosition wanted, Duration patience) {
        lock.lock();
        try {
            boolean reached = await(() -> position().hasReached(wanted), patience);
            checkOpen();
            return reached;
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw ApiProblems.streamUnavailable("The API stops.");
        }
    }

    private LogPosition position() {
        Map<String, Map<Integer, Long>> offsets = new HashMap<>();
        place.forEach((partition, offset) -> {
            if (offset > 0) {
                offsets.computeIfAbsent(reader.shortName(partition.topic()), _ -> new HashMap<>())
                        .put(partition.partition(), offset);
            }
        });
        return new LogPosition(offsets);
    }

    /** With the lock: whether the condition came to hold in time. */
    private boolean await(BooleanSupplier condition, Duration patience) {
        long left = patience.toNanos();
        try {
            while (!condition.getAsBoolean() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitWatchers()) {
            try {
                readWhileWatched();
            } catch (WakeupException stopping) {
                LOG.debug("Stops reading");
            } catch (RuntimeException e) {
                LOG.warn("Expected to read what happens to jobs, but: {}; trying again", e.getMessage());
                pause();
            }
        }
    }

    private boolean awaitWatchers() {
        lock.lock();
        try {
            while (!closed && !isWatched()) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWatched() {
        return joining > 0 || !byJob.isEmpty() || !all.isEmpty();
    }

    /** After a failure it goes on where it was. After nobody has watched for a while it forgets where it was. */
    private void readWhileWatched() {
        try (FactTopics topics = new FactTopics(clients, reader)) {
            current = Optional.of(topics);
            lastWatched = System.nanoTime();
            Map<TopicPartition, Long> begun = topics.begin(place);
            locked(() -> place = begun);
            while (isWanted()) {
                hand(topics.next());
            }
        } finally {
            current = Optional.empty();
        }
    }

    /** Where not, whoever joins from now on waits until it reads again. */
    private boolean isWanted() {
        lock.lock();
        try {
            if (isWatched()) {
                lastWatched = System.nanoTime();
            }
            boolean wanted = !closed && System.nanoTime() - lastWatched < LINGER.toNanos();
            if (!wanted) {
                place = Map.of();
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** All of it at once: whoever joins does so between two batches. */
    private void hand(FactTopics.Batch batch) {
        Map<ConsumerRecord<byte[], byte[]>, Optional<LoggedFact>> facts = new HashMap<>();
        batch.records().forEach(rawRecord -> readWhereWatched(rawRecord, facts));
        lock.lock();
        try {
            // Somebody may have joined since they were looked at.
            batch.records().forEach(rawRecord -> readWhereWatched(rawRecord, facts).ifPresent(this::hand));
            if (!place.equals(batch.place())) {
                place = batch.place();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<LoggedFact> readWhereWatched(ConsumerRecord<byte[], byte[]> rawRecord,
            Map<ConsumerRecord<byte[], byte[]>, Optional<LoggedFact>> facts) {
        return reader.job(rawRecord)
                .filter(this::isWatched)
                .flatMap(job -> facts.computeIfAbsent(rawRecord, _ -> read(rawRecord, job)));
    }

    private boolean isWatched(JobId job) {
        lock.lock();
        try {
            return !all.isEmpty() || byJob.containsKey(job);
        } finally {
            lock.unlock();
        }
    }

    private void hand(LoggedFact read) {
        LoggedFact fact = read.withSequence(++handed);
        byJob.getOrDefault(fact.job(), List.of()).forEach(queue -> queue.offer(fact));
        all.forEach(queue -> queue.offer(fact));
    }

    /** Waits for a schema registry that is away: to pass the record over would be a gap. */
    private Optional<LoggedFact> read(ConsumerRecord<byte[], byte[]> rawRecord, JobId job) {
        while (true) {
            try {
                return reader.read(rawRecord, job);
            } catch (RetriableException registryAway) {
                if (!lock.isHeldByCurrentThread()) {
                    LOG.warn("Waiting for the schema registry: {}", registryAway.getMessage());
                }
                if (pause()) {
                    return Optional.empty();
                }
            }
        }
    }

    /** Waits a moment; whether it is to stop. */
    private boolean pause() {
        try {
            return stopping.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoes) {
            return false;
        }
    }

    /** Ends all queues and the reading. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            stopping.countDown();
            byJob.values().forEach(queues -> queues.forEach(FactQueue::close));
            all.forEach(FactQueue::close);
        });
        current.ifPresent(FactTopics::wakeup);
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                LOG.warn("Expected the reader of the log to end, but it still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
