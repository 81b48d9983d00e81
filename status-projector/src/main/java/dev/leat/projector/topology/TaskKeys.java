package dev.leat.projector.topology;

import java.util.Optional;

import dev.leat.domain.Job;
import dev.leat.domain.projection.KeyHolders;

/** The keys of one task with the jobs that have them. For the task's stream thread. */
record TaskKeys(int partition, JobPartitions partitions, KeyStore keys, TaskJobs jobs) implements KeyHolders {

    @Override
    public Optional<Job> holderOf(String key) {
        return keys.holderOf(key).map(jobs::load).filter(holder -> holder.submission().isPresent());
    }

    @Override
    public boolean isHome(String key) {
        return partitions.ofKey(key) == partition;
    }
}
