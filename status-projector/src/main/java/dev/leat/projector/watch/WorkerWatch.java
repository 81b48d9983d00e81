package dev.leat.projector.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.lease.LeaseLedger;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.schemas.Codec;
import dev.leat.schemas.Topics;
import dev.leat.schemas.UndecodableRecordException;

/**
 * Watches the heartbeats of all workers, once for all tasks of this instance.
 *
 * <p>Invariant: a lease runs only while this instance reads. Time counts from one proof to the next, a proof being that
 * the tail has passed what were the ends of the topic a moment ago. With Kafka away, or this process suspended, or the
 * schema registry silent, there is no proof, so nobody's lease runs out for that.
 *
 * <p>Starts once and stops once. Thread-safe: the tail's thread hands in beats, a thread of its own proves that they are
 * all there are, stream threads ask.
 */
public final class WorkerWatch implements WorkerLeases, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);
    private static final Duration PROVE_EVERY = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    /** How much time one proof can add. */
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    /** For how long a proof is good. */
    private static final Duration PROVEN_FOR = Duration.ofSeconds(2);
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private final Topics topics;
    private final Codec<WorkerHeartbeat> codec;
    private final Set<Integer> partitions;
    private final TopicTail tail;
    private final EndOffsets ends;
    private final BackgroundRounds proofs;
    /** Guarded by this, as is all that follows. */
    private final LeaseLedger ledger = new LeaseLedger(LONGEST_TICK, DEFAULT_LEASE);
    private final Set<WorkerId> asked = new HashSet<>();
    private boolean proven;
    private long provenNanos;
    private long forgotNanos = System.nanoTime();

    /** @param partitions how many the topic has */
    public WorkerWatch(KafkaClients clients, Topics topics, Codec<WorkerHeartbeat> codec, int partitions) {
        this.topics = topics;
        this.codec = codec;
        this.partitions = IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet());
        this.tail = new TopicTail(clients, topics.workers(), this::take);
        this.ends = new EndOffsets(clients, "projector-workers");
        this.proofs = new BackgroundRounds("leat-projector-leases", "read all heartbeats", PROVE_EVERY, this::prove);
    }

    public void start() {
        tail.start();
        proofs.start();
    }

    private void take(ConsumerRecord<byte[], byte[]> rawRecord) {
        if (rawRecord.value() == null) {
            WorkerId gone = new WorkerId(new String(rawRecord.key(), StandardCharsets.UTF_8));
            synchronized (this) {
                ledger.goodbye(gone);
            }
            return;
        }
        try {
            codec.decode(topics.workers(), rawRecord.value()).ifPresent(this::beat);
        } catch (UndecodableRecordException unreadable) {
            LOG.debug("Passed over a heartbeat at {}-{}@{}", rawRecord.topic(), rawRecord.partition(),
                    rawRecord.offset(), unreadable);
        }
    }

    private synchronized void beat(WorkerHeartbeat beat) {
        ledger.beat(beat.worker(), beat.lease());
    }

    private void prove() throws InterruptedException {
        long asked = System.nanoTime();
        Map<Integer, Long> wanted = ends.of(topics.workers(), partitions, ANSWER);
        if (tail.awaitPosition(wanted, ANSWER)) {
            tick(asked);
        }
    }

    /** All beats that Kafka had acknowledged then have been read. */
    private synchronized void tick(long nanos) {
        if (proven) {
            ledger.tick(Duration.ofNanos(nanos - provenNanos));
        }
        proven = true;
        provenNanos = nanos;
        if (nanos - forgotNanos > FORGET_EVERY.toNanos()) {
            ledger.forget(asked::contains, FORGET_AFTER);
            asked.clear();
            forgotNanos = nanos;
        }
    }

    @Override
    public synchronized boolean isLost(WorkerId worker) {
        if (!proven || System.nanoTime() - provenNanos > PROVEN_FOR.toNanos()) {
            return false;
        }
        asked.add(worker);
        return ledger.isLost(worker);
    }

    @Override
    public synchronized void claimed(WorkerId worker) {
        ledger.claimed(worker);
    }

    @Override
    public void close() {
        proofs.close();
        tail.close();
        ends.close();
    }
}
