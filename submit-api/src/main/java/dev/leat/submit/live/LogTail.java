package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
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
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TOPICS_EVERY = Duration.ofSeconds(3);
    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    /** Begins so many records before the end: those who join then hardly ever have to read a gap. */
    private static final long REACH = 100;

    private final KafkaClients clients;
    private final FactReader reader;
    private final Thread thread = Thread.ofPlatform().daemon().name("leat-live").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** All guarded by the lock. */
    private final Map<JobId, List<FactQueue>> byJob = new HashMap<>();
    private final List<FactQueue> all = new ArrayList<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    /** Where the consumer stands: behind what is no record as well, such as the ends of transactions. */
    private final Map<TopicPartition, Long> reached = new HashMap<>();
    /** Where the log ended when the reading began. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private int joining;
    private long handed;
    private boolean reading;
    private boolean closed;
    private volatile Optional<Consumer<byte[], byte[]>> current = Optional.empty();
    /** Owned by the thread. */
    private long lastLookedForTopics;
    private long lastWatched;

    LogTail(KafkaClients clients, FactReader reader) {
        this.clients = clients;
        this.reader = reader;
    }

    /**
     * Where somebody has joined.
     *
     * @param position he gets all facts from there on, and none from before
     * @param live what lies before it was there when the reading began
     * @param sequence the number of the last fact before
     */
    record Joined(LogPosition position, LogPosition live, long sequence) {}

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
            boolean isReading = await(() -> reading, PATIENCE);
            if (closed) {
                throw ApiProblems.streamUnavailable("The API stops.");
            }
            if (!isReading) {
                throw ApiProblems.streamUnavailable("Kafka does not answer.");
            }
            add.run();
            return new Joined(place(next), place(next).later(place(ends)), handed);
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
            return queue.isEmpty() && !queue.isClosed() ? Optional.of(place(reached)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has read up to there. */
    boolean awaitPosition(LogPosition wanted, Duration patience) {
        lock.lock();
        try {
            return await(() -> place(reached).hasReached(wanted), patience);
        } finally {
            lock.unlock();
        }
    }

    private LogPosition place(Map<TopicPartition, Long> place) {
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
        Consumer<byte[], byte[]> consumer = clients.consumer("live");
        current = Optional.of(consumer);
        try {
            lastLookedForTopics = 0;
            lastWatched = System.nanoTime();
            assignNewTopics(consumer);
            catchUp(consumer);
            while (isWanted()) {
                assignNewTopics(consumer);
                hand(FactReader.byTime(poll(consumer)));
                publish(consumer);
            }
        } finally {
            current = Optional.empty();
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    /** Of what is there already, some partitions come sooner than others: it is handed out when all of it has come, in order. */
    private void catchUp(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> there = consumer.endOffsets(consumer.assignment());
        List<ConsumerRecord<byte[], byte[]>> early = new ArrayList<>();
        while (there.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (!isWanted()) {
                return;
            }
            early.addAll(poll(consumer));
        }
        hand(FactReader.byTime(early));
        publish(consumer);
    }

    private static List<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> consumer) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        return records;
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
                reading = false;
                next.clear();
                reached.clear();
                ends.clear();
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void assignNewTopics(Consumer<byte[], byte[]> consumer) {
        if (lastLookedForTopics != 0 && System.nanoTime() - lastLookedForTopics < TOPICS_EVERY.toNanos()) {
            return;
        }
        Set<TopicPartition> found = new HashSet<>();
        consumer.listTopics().forEach((topic, partitions) -> {
            if (reader.isFactTopic(topic)) {
                partitions.stream().map(LogTail::partition).forEach(found::add);
            }
        });
        if (!consumer.assignment().equals(found)) {
            assign(consumer, found);
        }
        lastLookedForTopics = System.nanoTime();
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    /** A topic that was not there before is read from its beginning, all others from about their ends. */
    private void assign(Consumer<byte[], byte[]> consumer, Set<TopicPartition> found) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(found);
        Map<TopicPartition, Long> now = consumer.endOffsets(found);
        locked(() -> {
            if (!reading) {
                ends.putAll(now);
            }
            found.forEach(partition -> next.putIfAbsent(partition, Math.max(beginnings.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, 0L) - REACH)));
            next.keySet().retainAll(found);
        });
        Map<TopicPartition, Long> from = new HashMap<>(next);
        consumer.assign(found);
        from.forEach(consumer::seek);
        locked(() -> reading = true);
    }

    private void hand(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> rawRecord : records) {
            Optional<JobId> job = reader.job(rawRecord);
            Optional<LoggedFact> early = job.filter(this::isWatched).flatMap(id -> read(rawRecord, id));
            lock.lock();
            try {
                // Somebody may have joined since it was looked at; he is to get it, as it lies behind the position.
                Optional<LoggedFact> fact = early.isEmpty() && job.filter(this::isWatched).isPresent()
                        ? read(rawRecord, job.get())
                        : early;
                fact.ifPresent(this::hand);
                next.put(new TopicPartition(rawRecord.topic(), rawRecord.partition()), rawRecord.offset() + 1);
            } finally {
                lock.unlock();
            }
        }
    }

    /** What lies before the consumer's position has been handed out. */
    private void publish(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> now = new HashMap<>();
        consumer.assignment().forEach(partition -> now.put(partition, consumer.position(partition)));
        lock.lock();
        try {
            if (!reached.equals(now)) {
                reached.putAll(now);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
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
        current.ifPresent(Consumer::wakeup);
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                LOG.warn("Expected the reader of the log to end, but it still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
