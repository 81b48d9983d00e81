package dev.leat.projector.query;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.kafka.common.errors.RetriableException;

import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.schedule.OwnedSchedules;
import dev.leat.projector.schedule.PartitionSchedules;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.schemas.Codec;

/** Answers from the schedules of this instance. Thread-safe; callers may block, for as long as they say. */
final class LocalSchedules {

    private final OwnedSchedules owned;
    private final FoldSignals<ScheduleId> signals;
    private final Codec<ScheduleRevision> codec;
    private final Serving.Place place;

    LocalSchedules(OwnedSchedules owned, FoldSignals<ScheduleId> signals, Codec<ScheduleRevision> codec,
            Serving.Place place) {
        this.owned = owned;
        this.signals = signals;
        this.codec = codec;
        this.place = place;
    }

    int partitionOf(ScheduleId id) {
        return PartitionOf.key(id.value(), place.partitions());
    }

    boolean owns(ScheduleId id) {
        return has(partitionOf(id));
    }

    boolean has(int partition) {
        return owned.find(partition).isPresent();
    }

    /** The numbers of the partitions that are here now. */
    List<Integer> partitions() {
        return owned.all().stream().map(PartitionSchedules::partition).toList();
    }

    /**
     * The first schedules of these partitions by their ids; problem 503 where one of the partitions is not here any more.
     *
     * @param after the id after which they begin
     * @param most how many
     */
    List<Schedule> page(Collection<Integer> partitions, Optional<String> after, int most) {
        return partitions.stream()
                .flatMap(partition -> partition(partition).all().stream())
                .filter(schedule -> after.filter(last -> schedule.id().value().compareTo(last) <= 0).isEmpty())
                .sorted(Comparator.comparing(schedule -> schedule.id().value()))
                .limit(most)
                .toList();
    }

    /** The schedule as soon as it is so, or as it is when the time is over. */
    Optional<Schedule> findWhen(ScheduleId id, Predicate<Optional<Schedule>> isSo, Duration timeout)
            throws InterruptedException {
        PartitionSchedules here = partition(partitionOf(id));
        signals.await(id, () -> owned.find(here.partition()).filter(here::equals).isEmpty() || isSo.test(here.find(id)),
                timeout);
        return partition(partitionOf(id)).find(id);
    }

    private PartitionSchedules partition(int partition) {
        return owned.find(partition)
                .orElseThrow(() -> QueryProblems.inTransition("partition " + partition + " of the schedules"));
    }

    /** What is wanted of it, as the record that stands on the topic of schedules. */
    byte[] recordOf(Schedule schedule) {
        try {
            return codec.encode(place.topics().schedules(), schedule.revision());
        } catch (RetriableException registryAway) {
            throw QueryProblems.unavailable("The schema registry is away.");
        }
    }
}
