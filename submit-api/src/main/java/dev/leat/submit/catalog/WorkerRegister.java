package dev.leat.submit.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Codec;

/**
 * The workers that live: those whose last heartbeat came less than {@link #LEASE} ago, on the clock of this process.
 *
 * <p>Heartbeats that were in the topic before this process began to read it say nothing about now, however late they
 * were written: they do not make a worker live. A live one beats again within seconds.
 *
 * <p>One thread calls {@link #apply}; {@link #live} is for any thread.
 */
public final class WorkerRegister {

    /** How long a heartbeat counts. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Comparator<LiveWorker> OLDEST_FIRST = Comparator
            .comparing((LiveWorker worker) -> worker.beat().startedAt())
            .thenComparing(worker -> worker.beat().worker().value());

    private final Codec<WorkerHeartbeat> codec;
    private final InstantSource clock;
    private final Map<WorkerId, Arrival> workers = new ConcurrentHashMap<>();

    private volatile boolean loaded;

    private record Arrival(WorkerHeartbeat beat, Instant at) {

        boolean isLive(Instant now) {
            return at.isAfter(now.minus(LEASE));
        }

        /** A beat may come while somebody looks: after the time that he has read. */
        Duration age(Instant now) {
            return at.isAfter(now) ? Duration.ZERO : Duration.between(at, now);
        }
    }

    /**
     * A worker.
     *
     * @param beat its last heartbeat
     * @param sinceLastBeat how long ago that came
     */
    public record LiveWorker(WorkerHeartbeat beat, Duration sinceLastBeat) {}

    public WorkerRegister(Codec<WorkerHeartbeat> codec, InstantSource clock) {
        this.codec = codec;
        this.clock = clock;
    }

    /** Says that the records that were in the topic at the start have all been applied. */
    public void loaded() {
        loaded = true;
    }

    /** Takes in a record of the workers topic, in the order of the topic. */
    public void apply(ConsumerRecord<byte[], byte[]> rawRecord) {
        if (!loaded) {
            return;
        }
        Instant now = clock.instant();
        if (rawRecord.value() == null) {
            workers.remove(new WorkerId(new String(rawRecord.key(), StandardCharsets.UTF_8)));
        } else {
            codec.decode(rawRecord.topic(), rawRecord.value())
                    .ifPresent(beat -> workers.put(beat.worker(), new Arrival(beat, now)));
        }
        workers.values().removeIf(worker -> !worker.isLive(now));
    }

    /** The live workers, longest running first. */
    public List<LiveWorker> live() {
        Instant now = clock.instant();
        return workers.values()
                .stream()
                .filter(worker -> worker.isLive(now))
                .map(worker -> new LiveWorker(worker.beat(), worker.age(now)))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** How many live workers host the plugin. */
    public int hosting(String plugin) {
        return (int) live().stream().filter(worker -> worker.beat().plugins().contains(plugin)).count();
    }
}
