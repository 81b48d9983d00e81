package dev.leat.projector.index;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;

/**
 * The jobs of one partition in the order of lists, and how many there are of each plugin, lane and state.
 *
 * <p>The stream thread of the partition's task is the only writer; any thread may read meanwhile. The lists are skip
 * lists: a reader walks them without a lock, and sees every job that stays where it is exactly once. A job that changes
 * its state while a list is read is seen in its old or its new state, so whoever shows jobs looks them up in the store
 * and filters again.
 */
public final class JobIndex {

    private final ConcurrentNavigableMap<ListPosition, ListedJob> all = new ConcurrentSkipListMap<>();
    private final Map<JobState, ConcurrentNavigableMap<ListPosition, ListedJob>> byState = Arrays
            .stream(JobState.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new ConcurrentSkipListMap<>()));
    private final ConcurrentMap<String, LaneCounts> byPlugin = new ConcurrentHashMap<>();
    /** One instance for each name, as there are many jobs and few types. Only for the writer. */
    private final Map<JobTypeName, JobTypeName> types = new HashMap<>();

    /** Only for the writer. */
    private String lastBatch = "";

    /** Takes in a job that has become another. Only for the writer. */
    public void update(Job before, Job after) {
        Optional<ListedJob> from = ListedJob.of(before);
        Optional<ListedJob> to = ListedJob.of(after);
        if (!from.equals(to)) {
            to.ifPresent(this::add);
            from.ifPresent(old -> remove(old, to));
        }
    }

    private void add(ListedJob job) {
        ListedJob added = new ListedJob(job.position(), types.computeIfAbsent(job.type(), Function.identity()),
                job.lane(), job.state(), job.tags(), job.batch().map(this::sameText));
        all.put(added.position(), added);
        listOf(added.state()).put(added.position(), added);
        countsOf(added).add(added.lane(), added.state(), 1);
    }

    /** The new entry is in place, so what has one key with it must stay. */
    private void remove(ListedJob old, Optional<ListedJob> to) {
        if (to.filter(now -> now.position().equals(old.position())).isEmpty()) {
            all.remove(old.position());
            listOf(old.state()).remove(old.position());
        } else if (to.filter(now -> now.state() == old.state()).isEmpty()) {
            listOf(old.state()).remove(old.position());
        }
        countsOf(old).add(old.lane(), old.state(), -1);
    }

    /** One text for the many jobs of a batch, most of which come one after the other. */
    private String sameText(String batch) {
        if (!batch.equals(lastBatch)) {
            lastBatch = batch;
        }
        return lastBatch;
    }

    private LaneCounts countsOf(ListedJob job) {
        return byPlugin.computeIfAbsent(job.type().plugin(), _ -> new LaneCounts());
    }

    /** The jobs that match, newest first, from the first one after {@code cursor}. Read lazily. */
    public Stream<ListedJob> newest(JobFilter filter, Optional<ListPosition> cursor) {
        ConcurrentNavigableMap<ListPosition, ListedJob> list = filter.state().map(this::listOf).orElse(all);
        return cursor.map(last -> list.tailMap(last, false)).orElse(list).values().stream().filter(filter::matches);
    }

    /** How many jobs there are of each plugin. */
    public Map<String, LaneCounts> counts() {
        return Collections.unmodifiableMap(byPlugin);
    }

    private ConcurrentNavigableMap<ListPosition, ListedJob> listOf(JobState state) {
        return byState.getOrDefault(state, all);
    }
}
