package dev.leat.projector.schedule;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;

/**
 * The schedules of one partition, as they are in its store, and when each of them has next something to do.
 *
 * <p>Lives from the start of the partition's task, when the store has been restored, to its end. The task's stream
 * thread is the only writer; any thread may read the schedules.
 */
public final class PartitionSchedules {

    private static final Comparator<AlarmOf> ORDER = Comparator.comparing(AlarmOf::at)
            .thenComparing(alarm -> alarm.id().value());

    private final int partition;
    private final ConcurrentMap<ScheduleId, Schedule> schedules = new ConcurrentHashMap<>();
    /** Only for the writer. */
    private final NavigableSet<AlarmOf> alarms = new TreeSet<>(ORDER);

    private record AlarmOf(Instant at, ScheduleId id) {}

    PartitionSchedules(int partition) {
        this.partition = partition;
    }

    public int partition() {
        return partition;
    }

    public Optional<Schedule> find(ScheduleId id) {
        return Optional.ofNullable(schedules.get(id));
    }

    /** All of them, as they are now, in no order. */
    public Collection<Schedule> all() {
        return schedules.values();
    }

    void put(Schedule schedule) {
        Optional.ofNullable(schedules.put(schedule.id(), schedule)).ifPresent(this::forgetAlarm);
        schedule.alarm().ifPresent(at -> alarms.add(new AlarmOf(at, schedule.id())));
    }

    void remove(ScheduleId id) {
        Optional.ofNullable(schedules.remove(id)).ifPresent(this::forgetAlarm);
    }

    private void forgetAlarm(Schedule schedule) {
        schedule.alarm().ifPresent(at -> alarms.remove(new AlarmOf(at, schedule.id())));
    }

    /** When there is next something to do; empty where there never is. */
    Optional<Instant> nextAlarm() {
        return alarms.isEmpty() ? Optional.empty() : Optional.of(alarms.first().at());
    }

    /** The schedule that has had something to do for the longest time. */
    Optional<Schedule> firstDue(Instant now) {
        return alarms.isEmpty() || alarms.first().at().isAfter(now)
                ? Optional.empty()
                : find(alarms.first().id());
    }
}
