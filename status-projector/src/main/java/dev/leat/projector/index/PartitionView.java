package dev.leat.projector.index;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.history.JobHistory;

/**
 * What this instance knows of one partition while it folds the partition's facts.
 *
 * <p>Lives from the start of the partition's task, when the store has been restored, to its end. The task's stream
 * thread is the only writer; any thread may read.
 */
public final class PartitionView {

    private final int partition;
    private final JobIndex index = new JobIndex();
    private final RunHistory history = new RunHistory();
    private final JobHistory lastHour;
    /** The offset after the last folded record, by topic. */
    private final ConcurrentMap<String, Long> folded = new ConcurrentHashMap<>();

    /** What had been committed when somebody first asked, by topic. */
    private volatile Map<String, Long> begun = Map.of();

    /** @param now when the partition's task begins */
    public PartitionView(int partition, Instant now) {
        this.partition = partition;
        this.lastHour = new JobHistory(now);
    }

    public int partition() {
        return partition;
    }

    public JobIndex index() {
        return index;
    }

    public RunHistory history() {
        return history;
    }

    /** What has happened within the last hour. */
    public JobHistory lastHour() {
        return lastHour;
    }

    /** Says that a record counts in the store now, or never will. Only for the writer, after it has written. */
    public void recordFolded(String topic, long offset) {
        folded.put(topic, offset + 1);
    }

    /** The offset after the last record that was folded since the task began; empty where there was none. */
    public OptionalLong foldedUpTo(String topic) {
        @Nullable
        Long next = folded.get(topic);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * Of each topic, an offset below which every record counts in the store now, or never will.
     *
     * @param committed what the projectors have committed of this partition, by topic; asked for once, as it only matters
     *        for topics of which nothing has been folded since the task began
     */
    public Map<String, Long> foldedOffsets(Supplier<Map<String, Long>> committed) {
        Map<String, Long> before = begun;
        if (before.isEmpty()) {
            before = Map.copyOf(committed.get());
            begun = before;
        }
        Map<String, Long> offsets = new HashMap<>(before);
        folded.forEach((topic, next) -> offsets.merge(topic, next, Math::max));
        return offsets;
    }
}
