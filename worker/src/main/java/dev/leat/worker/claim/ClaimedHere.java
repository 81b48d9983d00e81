package dev.leat.worker.claim;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.JobId;

/**
 * The attempts that this worker has claimed lately, by partition, so that a second copy of a command is stepped over: a
 * producer that was not sure may have written it twice. The oldest are forgotten first, all of a partition's when the
 * partition goes.
 *
 * <p>Only what was won is remembered: a claim that was abandoned may come again and must run then.
 *
 * <p>Owned by the consumer's thread.
 */
public final class ClaimedHere {

    /** Names one attempt of one job. */
    public record Attempt(JobId job, int number) {}

    private final int perPartition;
    private final Map<TopicPartition, Recent> byPartition = new HashMap<>();

    public ClaimedHere(int perPartition) {
        this.perPartition = perPartition;
    }

    public void add(TopicPartition partition, Attempt attempt) {
        byPartition.computeIfAbsent(partition, _ -> new Recent(perPartition)).put(attempt, true);
    }

    public boolean contains(TopicPartition partition, Attempt attempt) {
        return byPartition.containsKey(partition) && byPartition.get(partition).containsKey(attempt);
    }

    public void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(byPartition::remove);
    }

    private static final class Recent extends LinkedHashMap<Attempt, Boolean> {

        private static final long serialVersionUID = 1L;

        private final int limit;

        Recent(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Boolean> eldest) {
            return size() > limit;
        }
    }
}
