package dev.leat.submit.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Codec;

/**
 * The workers that live: those whose last heartbeat came less than {@link #LEASE} ago, on the clock of this process. And
 * for a while, so that people see it, those that have fallen silent without a goodbye.
 *
 * <p>Heartbeats that were in the topic before this process began to read it say nothing about now, however late they
 * were written: they do not make a worker live. A live one beats again within seconds.
 *
 * <p>One thread calls {@link #apply}; all other methods are for any thread.
 */
public final class WorkerRegister {

    /** How long a heartbeat counts. */
    public static final Duration LEASE = Duration.ofSeconds(10);
    /** How long a worker is remembered after its last heartbeat. */
    public static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Comparator<KnownWorker> OLDEST_FIRST = Comparator
            .comparing((KnownWorker worker) -> worker.beat().startedAt())
            .thenComparing(worker -> worker.beat().worker().value());

    private final Codec<WorkerHeartbeat> codec;
    private final InstantSource clock;
    private final Map<WorkerId, Arrival> workers = new ConcurrentHashMap<>();

    private volatile boolean loaded;

    private record Arrival(WorkerHeartbeat beat, Instant at) {

        boolean isWithin(Duration time, Instant now) {
            return at.isAfter(now.minus(time));
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
    public record KnownWorker(WorkerHeartbeat beat, Duration sinceLastBeat) {

        /** Whether it lives, as far as can be told. */
        public WorkerState state() {
            if (!isLive()) {
                return WorkerState.SILENT;
            }
            return beat.draining() ? WorkerState.DRAINING : WorkerState.ALIVE;
        }

        boolean isLive() {
            return sinceLastBeat.compareTo(LEASE) < 0;
        }
    }

    /** What is to be thought of a worker. */
    public enum WorkerState {
        /** It takes jobs. */
        ALIVE,
        /** It is about to stop, and lets the jobs that it has come to their end. */
        DRAINING,
        /** Its last heartbeat is longer ago than {@link #LEASE}, and it has said no goodbye. */
        SILENT;

        /** Its name outside the JVM. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
        workers.values().removeIf(worker -> !worker.isWithin(REMEMBERED, now));
    }

    /** The live workers, longest running first. */
    public List<KnownWorker> live() {
        return all().stream().filter(KnownWorker::isLive).toList();
    }

    /** The live workers and those that have fallen silent a while ago, longest running first. */
    public List<KnownWorker> all() {
        Instant now = clock.instant();
        return workers.values()
                .stream()
                .filter(worker -> worker.isWithin(REMEMBERED, now))
                .map(worker -> new KnownWorker(worker.beat(), worker.age(now)))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** How many live workers host the plugin. */
    public int hosting(String plugin) {
        return (int) live().stream().filter(worker -> worker.beat().plugins().contains(plugin)).count();
    }
}
