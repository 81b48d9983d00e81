package dev.leat.worker.limit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginUse;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.schemas.Codec;

/**
 * What the workers have said in their last heartbeats, this one among them. A heartbeat counts for its lease from when it
 * arrived here: also one that was in the topic before this worker began to read, as nobody can tell how old it is. For the
 * one thread that reads the topic; {@link #users} is for any.
 */
public final class PeerWatch implements RecordHandler {

    private final Codec<WorkerHeartbeat> codec;
    private final LongSupplier clock;
    private final Runnable changed;
    private final Map<WorkerId, Arrival> arrivals = new ConcurrentHashMap<>();

    private record Arrival(Map<String, PluginUse> uses, Duration lease, long at) {

        boolean isLive(long now) {
            return now - at < lease.toNanos();
        }
    }

    /**
     * @param clock monotonic, in nanoseconds
     * @param changed called where a worker has come, has gone or says something else; must not block
     */
    public PeerWatch(Codec<WorkerHeartbeat> codec, LongSupplier clock, Runnable changed) {
        this.codec = codec;
        this.clock = clock;
        this.changed = changed;
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> source) {
        if (source.key() == null) {
            return;
        }
        WorkerId worker = new WorkerId(new String(source.key(), StandardCharsets.UTF_8));
        if (source.value() == null) {
            arrivals.remove(worker);
            changed.run();
        } else {
            codec.decode(source.topic(), source.value()).ifPresent(beat -> take(worker, beat));
        }
    }

    private void take(WorkerId worker, WorkerHeartbeat beat) {
        Map<String, PluginUse> uses = new HashMap<>();
        beat.plugins().forEach(plugin -> uses.put(plugin, new PluginUse(plugin, 0, Optional.empty())));
        beat.uses().forEach(use -> uses.put(use.plugin(), use));
        @Nullable
        Arrival before = arrivals.put(worker, new Arrival(Map.copyOf(uses), beat.lease(), clock.getAsLong()));
        if (before == null || !before.uses().equals(uses)) {
            changed.run();
        }
    }

    /** What the living workers that host the plugin say about it. */
    public Map<WorkerId, PluginUse> users(String plugin) {
        long now = clock.getAsLong();
        arrivals.values().removeIf(arrival -> !arrival.isLive(now));
        Map<WorkerId, PluginUse> users = new HashMap<>();
        arrivals.forEach((worker, arrival) -> {
            @Nullable
            PluginUse use = arrival.uses().get(plugin);
            if (use != null) {
                users.put(worker, use);
            }
        });
        return users;
    }
}
