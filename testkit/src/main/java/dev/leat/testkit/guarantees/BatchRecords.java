package dev.leat.testkit.guarantees;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.JobNotice;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchView;

/**
 * What was seen of batches.
 *
 * @param acknowledged those whose submission was answered as accepted
 * @param refused the names of those whose submission was refused, or was given up halfway
 * @param events what stands on the topic of batches, each batch's in its order
 * @param notices what batches were told of their jobs' ends, each batch's in their order
 * @param shown what each asked instance shows of the batches in the end, by the instance's name
 */
public record BatchRecords(Set<BatchId> acknowledged, Set<String> refused, List<RecordedEvent> events,
        List<JobNotice> notices, Map<String, Map<BatchId, BatchView>> shown) {

    /** Nothing was seen. */
    public static final BatchRecords NONE = new BatchRecords(Set.of(), Set.of(), List.of(), List.of(), Map.of());

    public BatchRecords {
        acknowledged = Set.copyOf(acknowledged);
        refused = Set.copyOf(refused);
        events = List.copyOf(events);
        notices = List.copyOf(notices);
        shown = Map.copyOf(shown);
    }

    /** Something that happened to a batch from outside, as it stands on the topic. */
    public record RecordedEvent(BatchId batch, BatchEvent event) {}

    /** All batches of which anything stands on any topic: their events, the commands on their behalf, and the notices. */
    static List<RecordedBatch> of(History history) {
        Map<String, List<BatchEvent>> events = new LinkedHashMap<>();
        Map<String, List<BatchCommand>> commands = new LinkedHashMap<>();
        Map<String, List<JobNotice>> notices = new LinkedHashMap<>();
        history.batches()
                .events()
                .forEach(recorded -> events.computeIfAbsent(recorded.batch().toString(), _ -> new ArrayList<>())
                        .add(recorded.event()));
        history.facts()
                .forEach(recorded -> BatchCommand.of(recorded)
                        .ifPresent(command -> commands.computeIfAbsent(command.origin().id(), _ -> new ArrayList<>())
                                .add(command)));
        history.batches()
                .notices()
                .forEach(notice -> notices.computeIfAbsent(notice.origin().id(), _ -> new ArrayList<>()).add(notice));
        commands.keySet().forEach(id -> events.putIfAbsent(id, List.of()));
        return events.entrySet()
                .stream()
                .map(batch -> new RecordedBatch(batch.getKey(), batch.getValue(),
                        commands.getOrDefault(batch.getKey(), List.of()),
                        notices.getOrDefault(batch.getKey(), List.of())))
                .toList();
    }

    /** What each instance shows of a batch. */
    Map<String, Optional<BatchView>> shownOf(String batch) {
        Map<String, Optional<BatchView>> views = new LinkedHashMap<>();
        shown.forEach((instance, all) -> views.put(instance, Optional.ofNullable(all.get(BatchId.parse(batch)))));
        return views;
    }
}
