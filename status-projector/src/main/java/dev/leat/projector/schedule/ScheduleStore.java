package dev.leat.projector.schedule;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.projector.topology.RegistryPatience;
import dev.leat.schemas.Codec;

/**
 * The schedules of one task: in the store, and in memory as they are there. For the task's stream thread.
 */
final class ScheduleStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final String changelog;
    private final Codec<Schedule> codec;
    private final RegistryPatience patience;
    private final PartitionSchedules schedules;

    /** Reads all schedules. */
    ScheduleStore(KeyValueStore<Bytes, byte[]> store, String changelog, Codec<Schedule> codec,
            RegistryPatience patience, PartitionSchedules schedules) {
        this.store = store;
        this.changelog = changelog;
        this.codec = codec;
        this.patience = patience;
        this.schedules = schedules;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> read(entry.value).ifPresent(schedules::put));
        }
    }

    /** Empty where only a newer version knows what it does. */
    private Optional<Schedule> read(byte[] value) {
        return patience.until("read a schedule of its store", () -> codec.decode(changelog, value));
    }

    PartitionSchedules schedules() {
        return schedules;
    }

    void save(Schedule schedule) {
        store.put(key(schedule.id()), patience.until("write schedule " + schedule.id() + " to its store",
                () -> codec.encode(changelog, schedule)));
        schedules.put(schedule);
    }

    void delete(ScheduleId id) {
        store.delete(key(id));
        schedules.remove(id);
    }

    private static Bytes key(ScheduleId id) {
        return Bytes.wrap(id.value().getBytes(StandardCharsets.UTF_8));
    }
}
